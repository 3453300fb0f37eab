package io.chordata.node.object.rules;

import com.google.protobuf.ByteString;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.ListObjects;
import io.chordata.node.object.rules.MessageProtos.ListUploads;
import io.chordata.node.object.rules.MessageProtos.ObjectEntry;
import io.chordata.node.object.rules.MessageProtos.ObjectPage;
import io.chordata.node.object.rules.MessageProtos.Shard;
import io.chordata.node.object.rules.MessageProtos.UploadEntry;
import io.chordata.node.object.rules.MessageProtos.UploadPage;
import io.chordata.node.object.rules.RowProtos.Head;
import io.chordata.node.object.rules.RowProtos.UploadRow;
import io.chordata.node.partition.StateMachine.RowCursor;
import io.chordata.node.partition.StateMachine.Rows;

/** Pages of a shard's objects and of its open uploads. */
final class ListingRules {
    private ListingRules() {}

    static Answer objects(Rows rows, Shard shard, ListObjects list) {
        byte[] marker = list.getStartAfter().toByteArray();
        RollUpScan scan = new RollUpScan(
                rows,
                Tables.HEADS,
                shard,
                list.getPrefix().toByteArray(),
                list.getDelimiter().toByteArray());
        ObjectPage.Builder page = ObjectPage.newBuilder();
        byte[] markerRow = RowKeys.next(RowKeys.from(shard, marker));
        page.setMore(scan.page(marker, markerRow, list.getMax(), new ObjectSink(page)));
        return Answer.newBuilder().setObjectPage(page).build();
    }

    static Answer uploads(Rows rows, Shard shard, ListUploads list) {
        byte[] marker = list.getKeyMarker().toByteArray();
        RollUpScan scan = new RollUpScan(
                rows,
                Tables.UPLOADS,
                shard,
                list.getPrefix().toByteArray(),
                list.getDelimiter().toByteArray());
        UploadPage.Builder page = UploadPage.newBuilder();
        byte[] markerRow = list.getUploadMarker().isEmpty()
                ? RowKeys.behindEnded(shard, marker)
                : RowKeys.next(RowKeys.upload(shard, list.getKeyMarker(), list.getUploadMarker()));
        page.setMore(scan.page(marker, markerRow, list.getMax(), new UploadSink(page)));
        return Answer.newBuilder().setUploadPage(page).build();
    }

    /** Listings show no metadata, and it may be large. */
    private record ObjectSink(ObjectPage.Builder page) implements RollUpScan.Sink {
        @Override
        public void row(byte[] key, RowCursor row) {
            Head head = RowReader.parse(row.value(), Head.parser());
            page.addEntries(ObjectEntry.newBuilder()
                    .setKey(ByteString.copyFrom(key))
                    .setHead(head.toBuilder().clearMetadata()));
        }

        @Override
        public void commonPrefix(byte[] commonPrefix) {
            page.addEntries(ObjectEntry.newBuilder().setKey(ByteString.copyFrom(commonPrefix)));
        }
    }

    private record UploadSink(UploadPage.Builder page) implements RollUpScan.Sink {
        @Override
        public void row(byte[] key, RowCursor row) {
            UploadRow upload = RowReader.parse(row.value(), UploadRow.parser());
            page.addEntries(UploadEntry.newBuilder()
                    .setKey(ByteString.copyFrom(key))
                    .setUpload(RowKeys.uploadOf(row.key()))
                    .setRow(upload.toBuilder().clearMetadata()));
        }

        @Override
        public void commonPrefix(byte[] commonPrefix) {
            page.addEntries(UploadEntry.newBuilder().setKey(ByteString.copyFrom(commonPrefix)));
        }
    }
}
