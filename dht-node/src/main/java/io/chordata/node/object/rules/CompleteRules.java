package io.chordata.node.object.rules;

import com.google.protobuf.ByteString;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.CompleteUpload;
import io.chordata.node.object.rules.MessageProtos.CompleteUpload.NamedPart;
import io.chordata.node.object.rules.RowProtos.Body;
import io.chordata.node.object.rules.RowProtos.Checksum;
import io.chordata.node.object.rules.RowProtos.CompletedRow;
import io.chordata.node.object.rules.RowProtos.Content;
import io.chordata.node.object.rules.RowProtos.Head;
import io.chordata.node.object.rules.RowProtos.Manifest;
import io.chordata.node.object.rules.RowProtos.Part;
import io.chordata.node.object.rules.RowProtos.UploadRow;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Completes an upload: the parts named become the object, the others garbage, and the answer is kept for clients that did
 * not hear it. All work is linear in the parts.
 */
final class CompleteRules {
    private final Change change;
    private final CompleteUpload complete;

    private CompleteRules(Change change, CompleteUpload complete) {
        this.change = change;
        this.complete = complete;
    }

    static Answer complete(Change change, CompleteUpload complete) {
        CompleteRules rules = new CompleteRules(change, complete);
        CompletedRow earlier = RowReader.get(
                change.rows(),
                Tables.COMPLETED,
                RowKeys.completed(change.shard(), complete.getUpload()),
                CompletedRow.parser());
        Head head = earlier == null ? rules.completeFirst() : rules.repeat(earlier);
        return Answer.newBuilder().setHead(head).build();
    }

    private Head repeat(CompletedRow earlier) {
        if (!earlier.getKey().equals(complete.getKey())
                || !earlier.getRequestDigest().equals(requestDigest())) {
            throw UploadRules.noSuchUpload();
        }
        return earlier.getHead();
    }

    private Head completeFirst() {
        UploadRow upload = UploadRules.require(change.rows(), change.shard(), complete.getKey(), complete.getUpload());
        List<Part> stored = UploadRules.parts(change.rows(), change.shard(), complete.getUpload());
        List<Part> chosen = new PartChoice(complete, stored).choose();
        Checksum checksum = new ObjectChecksum(upload, chosen).verify(complete);
        Head current = ObjectRules.find(change.rows(), change.shard(), complete.getKey());
        WriteRules.check(complete.getConditions(), current);

        Content content = Content.newBuilder()
                .setManifest(Manifest.newBuilder().addAllParts(chosen))
                .build();
        Head head = ObjectRules.replace(change, complete.getKey(), current, head(upload, chosen, checksum), content);
        close(stored, chosen);
        remember(head);
        return head;
    }

    private static Head head(UploadRow upload, List<Part> parts, @Nullable Checksum checksum) {
        Head.Builder head = Head.newBuilder()
                .setSize(parts.stream().mapToLong(Part::getSize).sum())
                .setEtag(eTag(parts))
                .setParts(parts.size())
                .setMetadata(upload.getMetadata());
        if (checksum != null) {
            head.setChecksum(checksum);
        }
        return head.build();
    }

    /** As S3 computes it: MD5 over the parts' MD5s, and how many there are. */
    private static String eTag(List<Part> parts) {
        MessageDigest md5 = Hashes.md5();
        parts.forEach(part -> md5.update(part.getEtag().asReadOnlyByteBuffer()));
        return Hashes.hex(md5.digest()) + "-" + parts.size();
    }

    private void close(List<Part> stored, List<Part> chosen) {
        BitSet kept = new BitSet();
        chosen.forEach(part -> kept.set(part.getNumber()));
        List<Body> bodies = new ArrayList<>();
        for (Part part : stored) {
            change.delete(Tables.PARTS, RowKeys.part(change.shard(), complete.getUpload(), part.getNumber()));
            if (part.hasBody() && !kept.get(part.getNumber())) {
                bodies.add(part.getBody());
            }
        }
        change.discard(bodies);
        change.delete(Tables.UPLOADS, RowKeys.upload(change.shard(), complete.getKey(), complete.getUpload()));
    }

    private void remember(Head head) {
        byte[] key = RowKeys.completed(change.shard(), complete.getUpload());
        CompletedRow row = CompletedRow.newBuilder()
                .setKey(complete.getKey())
                .setRequestDigest(requestDigest())
                .setHead(head)
                .build();
        change.put(Tables.COMPLETED, key, row);
        change.forgetLater(Periods.COMPLETED_MILLIS, Tables.COMPLETED, key);
    }

    private ByteString requestDigest() {
        MessageDigest sha256 = Hashes.sha256();
        ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
        for (NamedPart part : complete.getPartsList()) {
            sha256.update(number.putInt(0, part.getNumber()).array());
            sha256.update(part.getEtag().asReadOnlyByteBuffer());
        }
        return ByteString.copyFrom(sha256.digest());
    }
}
