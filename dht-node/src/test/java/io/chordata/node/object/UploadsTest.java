package io.chordata.node.object;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.core.UploadId;
import io.chordata.node.object.Uploads.CompleteRequest;
import io.chordata.node.object.Uploads.CompletedPart;
import io.chordata.node.object.Uploads.UploadListRequest;
import io.chordata.node.object.Uploads.UploadName;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploadsTest {
    private static final String BUCKET = "bucket";
    private static final ObjectKey KEY = new ObjectKey("video");
    private static final int MIN_PART = 5 << 20;

    private final SimObjects sim = new SimObjects(1);
    private final SimRandom random = new SimRandom(2);

    @BeforeEach
    void createBucket() {
        sim.run(() -> sim.layer.buckets().create(SimObjects.anew(), BUCKET));
    }

    private UploadName create(@Nullable ChecksumAlgorithm checksum, StoredChecksum.@Nullable Type type) {
        UploadId id = sim.run(() -> sim.layer
                .uploads()
                .create(
                        SimObjects.anew(),
                        new Uploads.CreateRequest(BUCKET, KEY, ObjectMetadata.EMPTY, checksum, type)));
        return new UploadName(BUCKET, KEY, id);
    }

    private StoredPart put(UploadName upload, int number, byte[] body, @Nullable ChecksumAlgorithm checksum) {
        return sim.run(() ->
                sim.layer.uploads().putPart(SimObjects.anew(), upload, number, checksum, SimObjects.payload(body)));
    }

    private static CompleteRequest request(UploadName upload, List<StoredPart> parts) {
        List<CompletedPart> named = parts.stream()
                .map(part -> new CompletedPart(part.number(), part.eTag(), part.checksum()))
                .toList();
        return new CompleteRequest(upload, named, WriteConditions.NONE, null, -1);
    }

    @Test
    void completed_upload_is_its_parts_one_after_the_other() throws Exception {
        UploadName upload = create(ChecksumAlgorithm.CRC32, StoredChecksum.Type.FULL_OBJECT);
        byte[] first = random.nextBytes(MIN_PART);
        byte[] last = random.nextBytes(100_000);
        put(upload, 3, random.nextBytes(1000), ChecksumAlgorithm.CRC32);
        List<StoredPart> parts =
                List.of(put(upload, 3, first, ChecksumAlgorithm.CRC32), put(upload, 7, last, ChecksumAlgorithm.CRC32));
        put(upload, 9, random.nextBytes(1000), ChecksumAlgorithm.CRC32);
        StoredObject object = sim.run(() -> sim.layer.uploads().complete(SimObjects.anew(), request(upload, parts)));

        byte[] whole = Buffer.buffer(first).appendBytes(last).getBytes();
        assertThat(sim.getBytes(BUCKET, KEY.text())).isEqualTo(whole);
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] hashes = Buffer.buffer(MessageDigest.getInstance("MD5").digest(first))
                .appendBytes(MessageDigest.getInstance("MD5").digest(last))
                .getBytes();
        assertThat(object.eTag()).isEqualTo(HexFormat.of().formatHex(md5.digest(hashes)) + "-2");
        CRC32 crc = new CRC32();
        crc.update(whole);
        StoredChecksum checksum = requireNonNull(object.checksum());
        assertThat(checksum.value())
                .isEqualTo(Buffer.buffer().appendInt((int) crc.getValue()).getBytes());
        assertThat(sim.refusalOf(() -> sim.layer.uploads().find(upload))).isEqualTo(ObjectError.NO_SUCH_UPLOAD);

        byte[] second = sim.run(() -> sim.layer
                .objects()
                .open(BUCKET, KEY, 2, choice -> new ByteRange(10, choice.size() - 10))
                .compose(SimObjects::bytesOf));
        assertThat(second).isEqualTo(Arrays.copyOfRange(last, 10, last.length));
    }

    @Test
    void composite_checksum_is_of_the_parts_checksums() throws Exception {
        UploadName upload = create(ChecksumAlgorithm.SHA256, StoredChecksum.Type.COMPOSITE);
        byte[] body = random.nextBytes(1000);
        StoredPart part = put(upload, 1, body, ChecksumAlgorithm.SHA256);
        StoredObject object =
                sim.run(() -> sim.layer.uploads().complete(SimObjects.anew(), request(upload, List.of(part))));
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] ofPart = sha.digest(body);
        StoredChecksum checksum = requireNonNull(object.checksum());
        assertThat(checksum.type()).isEqualTo(StoredChecksum.Type.COMPOSITE);
        assertThat(checksum.value()).isEqualTo(sha.digest(ofPart));
    }

    @Test
    void repeated_complete_gets_the_first_answer_also_after_an_overwrite() {
        UploadName upload = create(null, null);
        List<StoredPart> parts = List.of(put(upload, 1, random.nextBytes(70_000), null));
        StoredObject first = sim.run(() -> sim.layer.uploads().complete(SimObjects.anew(), request(upload, parts)));
        sim.put(BUCKET, KEY.text(), "newer");
        StoredObject again = sim.run(() -> sim.layer.uploads().complete(SimObjects.anew(), request(upload, parts)));
        assertThat(again).usingRecursiveComparison().isEqualTo(first);
        assertThat(sim.get(BUCKET, KEY.text())).isEqualTo("newer");
        CompleteRequest other =
                new CompleteRequest(upload, List.of(named(2, first.eTag())), WriteConditions.NONE, null, -1);
        assertThat(sim.refusalOf(() -> sim.layer.uploads().complete(SimObjects.anew(), other)))
                .isEqualTo(ObjectError.INVALID_PART);
    }

    private static CompletedPart named(int number, String eTag) {
        return new CompletedPart(number, eTag, null);
    }

    @Test
    void complete_with_wrong_parts_is_refused_and_the_upload_stays_open() {
        UploadName upload = create(null, null);
        StoredPart one = put(upload, 1, random.nextBytes(1000), null);
        StoredPart two = put(upload, 2, random.nextBytes(1000), null);
        String other = "0".repeat(32);
        assertThat(refusal(upload, named(2, two.eTag()), named(1, one.eTag())))
                .isEqualTo(ObjectError.INVALID_PART_ORDER);
        assertThat(refusal(upload, named(1, one.eTag()), named(1, one.eTag())))
                .isEqualTo(ObjectError.INVALID_PART_ORDER);
        assertThat(refusal(upload, named(1, other))).isEqualTo(ObjectError.INVALID_PART);
        assertThat(refusal(upload, named(3, one.eTag()))).isEqualTo(ObjectError.INVALID_PART);
        assertThat(refusal(upload, named(1, "no etag"))).isEqualTo(ObjectError.INVALID_PART);
        assertThat(refusal(upload, named(1, one.eTag()), named(2, two.eTag()))).isEqualTo(ObjectError.ENTITY_TOO_SMALL);
        assertThat(sim.get(BUCKET, KEY.text())).isNull();
        sim.run(() -> sim.layer.uploads().complete(SimObjects.anew(), request(upload, List.of(two))));
    }

    private ObjectError refusal(UploadName upload, CompletedPart... parts) {
        CompleteRequest request = new CompleteRequest(upload, List.of(parts), WriteConditions.NONE, null, -1);
        return sim.refusalOf(() -> sim.layer.uploads().complete(SimObjects.anew(), request));
    }

    @Test
    void complete_with_another_size_or_checksum_or_condition_is_refused() {
        UploadName upload = create(ChecksumAlgorithm.CRC32C, StoredChecksum.Type.FULL_OBJECT);
        StoredPart part = put(upload, 1, random.nextBytes(1000), ChecksumAlgorithm.CRC32C);
        List<CompletedPart> parts = List.of(named(1, part.eTag()));
        assertThat(sim.refusalOf(() -> sim.layer
                        .uploads()
                        .complete(
                                SimObjects.anew(),
                                new CompleteRequest(upload, parts, WriteConditions.NONE, null, 999))))
                .isEqualTo(ObjectError.INVALID_REQUEST);
        StoredChecksum wrong =
                new StoredChecksum(ChecksumAlgorithm.CRC32C, StoredChecksum.Type.FULL_OBJECT, new byte[4]);
        assertThat(sim.refusalOf(() -> sim.layer
                        .uploads()
                        .complete(
                                SimObjects.anew(),
                                new CompleteRequest(upload, parts, WriteConditions.NONE, wrong, -1))))
                .isEqualTo(ObjectError.BAD_DIGEST);
        assertThat(sim.refusalOf(() -> sim.layer
                        .uploads()
                        .complete(
                                SimObjects.anew(),
                                new CompleteRequest(upload, parts, new WriteConditions("*", false), null, -1))))
                .isEqualTo(ObjectError.NO_SUCH_KEY);
        sim.put(BUCKET, KEY.text(), "there");
        assertThat(sim.refusalOf(() -> sim.layer
                        .uploads()
                        .complete(
                                SimObjects.anew(),
                                new CompleteRequest(upload, parts, new WriteConditions(null, true), null, -1))))
                .isEqualTo(ObjectError.PRECONDITION_FAILED);
    }

    @Test
    void part_without_the_checksum_of_its_upload_is_refused_and_dropped() {
        UploadName upload = create(ChecksumAlgorithm.CRC32C, StoredChecksum.Type.COMPOSITE);
        assertThat(sim.refusalOf(() -> sim.layer
                        .uploads()
                        .putPart(
                                SimObjects.anew(),
                                upload,
                                1,
                                ChecksumAlgorithm.SHA1,
                                SimObjects.payload(new byte[10]))))
                .isEqualTo(ObjectError.INVALID_REQUEST);
        assertThat(sim.disk.size()).isZero();
    }

    @Test
    void aborted_upload_is_gone() {
        UploadName upload = create(null, null);
        put(upload, 1, random.nextBytes(1000), null);
        sim.run(() -> sim.layer.uploads().abort(SimObjects.anew(), upload));
        assertThat(sim.refusalOf(() -> sim.layer.uploads().abort(SimObjects.anew(), upload)))
                .isEqualTo(ObjectError.NO_SUCH_UPLOAD);
        assertThat(sim.refusalOf(() -> sim.layer
                        .uploads()
                        .putPart(SimObjects.anew(), upload, 1, null, SimObjects.payload(new byte[1]))))
                .isEqualTo(ObjectError.NO_SUCH_UPLOAD);
        assertThat(uploads("", "", null, 10).uploads()).isEmpty();
    }

    @Test
    void parts_are_listed_by_number_page_by_page() {
        UploadName upload = create(null, null);
        for (int number : new int[] {10_000, 1, 500, 77}) {
            put(upload, number, new byte[number % 7], null);
        }
        Uploads.PartPage first = sim.run(() -> sim.layer.uploads().listParts(upload, 0, 3));
        assertThat(first.parts()).extracting(StoredPart::number).containsExactly(1, 77, 500);
        assertThat(first.truncated()).isTrue();
        Uploads.PartPage behindAll = sim.run(() -> sim.layer.uploads().listParts(upload, Integer.MAX_VALUE, 3));
        assertThat(behindAll.parts()).isEmpty();
        Uploads.PartPage second = sim.run(() -> sim.layer.uploads().listParts(upload, 500, 3));
        assertThat(second.parts()).extracting(StoredPart::number).containsExactly(10_000);
        assertThat(second.truncated()).isFalse();
    }

    @Test
    void uploads_are_listed_by_key_then_age_page_by_page() {
        List<String> created = new ArrayList<>();
        for (String key : List.of("b", "a", "b", "c/1", "c/2", "b")) {
            UploadId id = sim.run(() -> sim.layer
                    .uploads()
                    .create(
                            SimObjects.anew(),
                            new Uploads.CreateRequest(BUCKET, new ObjectKey(key), ObjectMetadata.EMPTY, null, null)));
            created.add(key + " " + id);
            sim.scheduler.advance(5_000_000);
        }
        List<String> expected = List.of(created.get(1), created.get(0), created.get(2), created.get(5), "c/");
        for (int max = 1; max <= 6; max++) {
            assertThat(allUploads(max)).as("pages of %d", max).isEqualTo(expected);
        }
    }

    private List<String> allUploads(int max) {
        List<String> seen = new ArrayList<>();
        Uploads.UploadPage page = uploads("", "", null, max);
        while (true) {
            page.uploads().forEach(upload -> seen.add(upload.key() + " " + upload.id()));
            seen.addAll(page.commonPrefixes());
            if (!page.truncated()) {
                return seen;
            }
            page = uploads("", page.nextKeyMarker(), page.nextUploadIdMarker(), max);
        }
    }

    private Uploads.UploadPage uploads(String prefix, String marker, @Nullable UploadId idMarker, int max) {
        return sim.run(
                () -> sim.layer.uploads().list(new UploadListRequest(BUCKET, prefix, "/", marker, idMarker, max)));
    }

    @Test
    void part_copied_from_an_object_has_the_bytes_chosen() {
        byte[] body = random.nextBytes(300_000);
        sim.run(() -> sim.startPut(BUCKET, "source", body, WriteConditions.NONE));
        UploadName upload = create(ChecksumAlgorithm.CRC64NVME, StoredChecksum.Type.FULL_OBJECT);
        StoredPart part = sim.run(() -> sim.layer
                .uploads()
                .copyPart(
                        SimObjects.anew(),
                        upload,
                        1,
                        BUCKET,
                        new ObjectKey("source"),
                        source -> new ByteRange(1000, 200_000)));
        sim.run(() -> sim.layer.uploads().complete(SimObjects.anew(), request(upload, List.of(part))));
        assertThat(sim.getBytes(BUCKET, KEY.text())).isEqualTo(Arrays.copyOfRange(body, 1000, 201_000));
    }
}
