package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.clients.JavaClients;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Uploads that are large in bytes or in parts, on a server with a heap of 256 MiB. */
class LargeMultipartIT {
    @RegisterExtension
    static final ChordataServer SERVER = new ChordataServer("-Xmx256m");

    private static final long MIB = 1 << 20;
    private static final int PARTS = 64;
    private static final long PART_BYTES = 16 * MIB;
    private static final int UPLOADERS = 4;
    private static final long GROWTH_BYTES_MAX = 128 * MIB;
    private static final int MOST_PARTS = 10_000;

    private final S3Client s3 = JavaClients.aws(SERVER.process());
    private final ExecutorService uploaders = Executors.newFixedThreadPool(UPLOADERS);

    @AfterEach
    void closeClient() {
        uploaders.shutdownNow();
        s3.close();
    }

    @Test
    void upload_ofOneGibibyte_comesBackWithFlatMemory() throws Exception {
        s3.createBucket(create -> create.bucket("large"));
        String upload = s3.createMultipartUpload(
                        create -> create.bucket("large").key("gib"))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>(uploadParts(upload, 1, PARTS / 4));
        long afterQuarter = SERVER.process().residentPeakBytes();
        parts.addAll(uploadParts(upload, PARTS / 4 + 1, PARTS));
        s3.completeMultipartUpload(complete ->
                complete.bucket("large").key("gib").uploadId(upload).multipartUpload(list -> list.parts(parts)));
        long afterUpload = SERVER.process().residentPeakBytes();

        try (InputStream body = s3.getObject(get -> get.bucket("large").key("gib"))) {
            for (int number = 1; number <= PARTS; number++) {
                assertThat(TestBody.sha256(new FirstBytes(body, PART_BYTES)))
                        .as("part " + number)
                        .isEqualTo(new TestBody(PART_BYTES, number).sha256());
            }
            assertThat(body.read()).isEqualTo(-1);
        }
        long afterDownload = SERVER.process().residentPeakBytes();
        Figures.note("1 GiB with -Xmx256m: resident memory peak " + afterQuarter / MIB + " MiB after 256 MiB, "
                + afterUpload / MIB + " MiB after the upload, " + afterDownload / MIB + " MiB after the download");
        assertThat(afterDownload - afterQuarter).as("growth in bytes").isLessThan(GROWTH_BYTES_MAX);
    }

    private List<CompletedPart> uploadParts(String upload, int from, int to)
            throws ExecutionException, InterruptedException {
        List<Future<CompletedPart>> running = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            int number = i;
            running.add(uploaders.submit(
                    () -> uploadPart("large", "gib", upload, number, new TestBody(PART_BYTES, number))));
        }
        List<CompletedPart> parts = new ArrayList<>();
        for (Future<CompletedPart> part : running) {
            parts.add(part.get());
        }
        return parts;
    }

    /**
     * All parts but the last must have 5 MiB, so a completed object of 10,000 parts has 50 GiB: {@code .ci/long parts}
     * makes one. Here the rule itself answers, after the whole list was parsed and every part looked at.
     */
    @Test
    void upload_ofTenThousandParts_isListedWholeAndJudgedWhole() throws Exception {
        s3.createBucket(create -> create.bucket("many"));
        String upload = s3.createMultipartUpload(create -> create.bucket("many").key("m"))
                .uploadId();
        List<Future<CompletedPart>> running = new ArrayList<>();
        for (int i = 1; i <= MOST_PARTS; i++) {
            int number = i;
            running.add(uploaders.submit(() -> uploadPart("many", "m", upload, number, new TestBody(1, number))));
        }
        List<CompletedPart> parts = new ArrayList<>();
        for (Future<CompletedPart> part : running) {
            parts.add(part.get());
        }
        assertThat(s3.listPartsPaginator(list -> list.bucket("many").key("m").uploadId(upload)).parts().stream()
                        .map(Part::eTag))
                .containsExactlyElementsOf(
                        parts.stream().map(CompletedPart::eTag).toList());
        long begin = System.nanoTime();
        assertThatThrownBy(() -> s3.completeMultipartUpload(complete ->
                        complete.bucket("many").key("m").uploadId(upload).multipartUpload(list -> list.parts(parts))))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("EntityTooSmall"));
        Figures.note("complete with 10,000 parts judged in " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        s3.abortMultipartUpload(abort -> abort.bucket("many").key("m").uploadId(upload));
        assertThat(s3.listMultipartUploads(list -> list.bucket("many")).uploads())
                .isEmpty();
    }

    private CompletedPart uploadPart(String bucket, String key, String upload, int number, TestBody body) {
        String eTag = s3.uploadPart(
                        part -> part.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                        RequestBody.fromContentProvider(body::open, body.size(), "application/octet-stream"))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(eTag).build();
    }

    /** The first bytes of a stream that stays open. */
    private static final class FirstBytes extends InputStream {
        private final InputStream stream;
        private long rest;

        FirstBytes(InputStream stream, long count) {
            this.stream = stream;
            this.rest = count;
        }

        @Override
        public int read() throws IOException {
            return rest-- > 0 ? stream.read() : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (rest == 0) {
                return -1;
            }
            int read = stream.read(into, offset, (int) Math.min(length, rest));
            rest -= Math.max(0, read);
            return read;
        }
    }
}
