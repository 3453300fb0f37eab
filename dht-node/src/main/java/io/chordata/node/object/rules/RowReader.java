package io.chordata.node.object.rules;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.chordata.node.partition.StateMachine.Rows;
import org.jspecify.annotations.Nullable;

/** Reads rows as messages. A row that does not parse is a broken invariant: what the store gives is checked already. */
final class RowReader {
    private RowReader() {}

    static <M extends Message> @Nullable M get(Rows rows, int table, byte[] key, Parser<M> parser) {
        byte[] value = rows.get(table, key);
        return value == null ? null : parse(value, parser);
    }

    /** Of a row that must be there. */
    static <M extends Message> M require(Rows rows, int table, byte[] key, Parser<M> parser) {
        M message = get(rows, table, key, parser);
        if (message == null) {
            throw new IllegalStateException("table " + table + " lacks a row that another refers to");
        }
        return message;
    }

    static <M extends Message> M parse(byte[] value, Parser<M> parser) {
        try {
            return parser.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a row or command does not parse", e);
        }
    }
}
