package io.chordata.node.object.rules;

import com.google.protobuf.ByteString;
import io.chordata.node.object.rules.MessageProtos.AbortUpload;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.CreateUpload;
import io.chordata.node.object.rules.MessageProtos.Done;
import io.chordata.node.object.rules.MessageProtos.GetUpload;
import io.chordata.node.object.rules.MessageProtos.ListParts;
import io.chordata.node.object.rules.MessageProtos.PartPage;
import io.chordata.node.object.rules.MessageProtos.PutPart;
import io.chordata.node.object.rules.MessageProtos.Refusal.Reason;
import io.chordata.node.object.rules.MessageProtos.Shard;
import io.chordata.node.object.rules.MessageProtos.UploadAnswer;
import io.chordata.node.object.rules.RowProtos.Algorithm;
import io.chordata.node.object.rules.RowProtos.Body;
import io.chordata.node.object.rules.RowProtos.Part;
import io.chordata.node.object.rules.RowProtos.UploadRow;
import io.chordata.node.partition.StateMachine.RowCursor;
import io.chordata.node.partition.StateMachine.Rows;
import java.util.ArrayList;
import java.util.List;

/** Multipart uploads that are open, and their parts. */
final class UploadRules {
    private UploadRules() {}

    static Answer create(Change change, CreateUpload create) {
        UploadRow row = UploadRow.newBuilder()
                .setMetadata(create.getMetadata())
                .setAlgorithm(create.getAlgorithm())
                .setChecksumType(create.getChecksumType())
                .setCreatedMillis(change.timeMillis())
                .build();
        change.put(Tables.UPLOADS, RowKeys.upload(change.shard(), create.getKey(), create.getUpload()), row);
        return Answer.newBuilder()
                .setUpload(UploadAnswer.newBuilder().setUpload(row).setId(create.getUpload()))
                .build();
    }

    static Answer putPart(Change change, PutPart put) {
        if (put.getPart().hasBody()) {
            WriteRules.checkAge(change, put.getPart().getBody());
        }
        UploadRow upload = require(change.rows(), change.shard(), put.getKey(), put.getUpload());
        checkAlgorithm(upload, put.getPart());
        byte[] key = RowKeys.part(change.shard(), put.getUpload(), put.getPart().getNumber());
        Part earlier = RowReader.get(change.rows(), Tables.PARTS, key, Part.parser());
        if (earlier != null && earlier.hasBody()) {
            change.discard(List.of(earlier.getBody()));
        }
        Part part =
                put.getPart().toBuilder().setModifiedMillis(change.timeMillis()).build();
        change.put(Tables.PARTS, key, part);
        return Answer.newBuilder()
                .setStoredBody(part.getBody().getId())
                .setPart(part)
                .build();
    }

    private static void checkAlgorithm(UploadRow upload, Part part) {
        Algorithm wanted = upload.getAlgorithm();
        if (wanted != Algorithm.ALGORITHM_NONE && part.getChecksum().getAlgorithm() != wanted) {
            throw new RuleRefusal(Reason.INVALID_REQUEST, "the upload's parts need a checksum of type " + wanted);
        }
    }

    static Answer abort(Change change, AbortUpload abort) {
        require(change.rows(), change.shard(), abort.getKey(), abort.getUpload());
        List<Body> bodies = new ArrayList<>();
        for (Part part : parts(change.rows(), change.shard(), abort.getUpload())) {
            change.delete(Tables.PARTS, RowKeys.part(change.shard(), abort.getUpload(), part.getNumber()));
            if (part.hasBody()) {
                bodies.add(part.getBody());
            }
        }
        change.discard(bodies);
        change.delete(Tables.UPLOADS, RowKeys.upload(change.shard(), abort.getKey(), abort.getUpload()));
        return Answer.newBuilder().setDone(Done.getDefaultInstance()).build();
    }

    static Answer get(Rows rows, Shard shard, GetUpload get) {
        return answer(require(rows, shard, get.getKey(), get.getUpload()));
    }

    static Answer listParts(Rows rows, Shard shard, ListParts list) {
        PartPage.Builder page = PartPage.newBuilder().setUpload(require(rows, shard, list.getKey(), list.getUpload()));
        byte[] from = RowKeys.next(RowKeys.part(shard, list.getUpload(), list.getAfterNumber()));
        try (RowCursor parts = rows.scan(Tables.PARTS, from, behindParts(shard, list.getUpload()))) {
            while (parts.next()) {
                if (page.getPartsCount() == list.getMax()) {
                    page.setMore(true);
                    break;
                }
                page.addParts(RowReader.parse(parts.value(), Part.parser()));
            }
        }
        return Answer.newBuilder().setPartPage(page).build();
    }

    /** All parts of an upload, by number. */
    static List<Part> parts(Rows rows, Shard shard, ByteString upload) {
        List<Part> parts = new ArrayList<>();
        byte[] from = RowKeys.part(shard, upload, 0);
        try (RowCursor cursor = rows.scan(Tables.PARTS, from, behindParts(shard, upload))) {
            while (cursor.next()) {
                parts.add(RowReader.parse(cursor.value(), Part.parser()));
            }
        }
        return parts;
    }

    /** Behind the last part that the upload can have: numbers are not negative, and the order is unsigned. */
    private static byte[] behindParts(Shard shard, ByteString upload) {
        return RowKeys.part(shard, upload, Integer.MIN_VALUE);
    }

    static UploadRow require(Rows rows, Shard shard, ByteString key, ByteString upload) {
        UploadRow row = RowReader.get(rows, Tables.UPLOADS, RowKeys.upload(shard, key, upload), UploadRow.parser());
        if (row == null) {
            throw noSuchUpload();
        }
        return row;
    }

    static RuleRefusal noSuchUpload() {
        return new RuleRefusal(Reason.NO_SUCH_UPLOAD, "the upload does not exist, or is completed or aborted");
    }

    private static Answer answer(UploadRow row) {
        return Answer.newBuilder()
                .setUpload(UploadAnswer.newBuilder().setUpload(row))
                .build();
    }
}
