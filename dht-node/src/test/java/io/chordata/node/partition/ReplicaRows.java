package io.chordata.node.partition;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What a node's replica of a partition holds applied, for whoever compares replicas. */
public final class ReplicaRows {
    private ReplicaRows() {}

    /** Its applied mark and its rows, by table and key; empty if there is no replica. */
    public static Map<String, String> of(RecordStore records, PartitionId partition)
            throws InvalidProtocolBufferException {
        Map<String, String> rows = new TreeMap<>();
        LogBase base = PartitionLog.base(records, partition);
        if (base != null) {
            byte[] from = PartitionKeys.appliedMark(partition, base.installGeneration());
            byte[] to = PartitionKeys.appliedMark(partition, base.installGeneration() + 1);
            try (Cursor cursor = records.scan(Family.STATE, from, to)) {
                while (cursor.next()) {
                    rows.put(hex(PartitionKeys.suffixOf(cursor.key())), hex(cursor.value()));
                }
            }
        }
        return rows;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
