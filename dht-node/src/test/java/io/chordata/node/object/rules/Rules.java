package io.chordata.node.object.rules;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.PartitionId;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.CreateShard;
import io.chordata.node.object.rules.MessageProtos.PutObject;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.chordata.node.object.rules.MessageProtos.Shard;
import io.chordata.node.object.rules.RowProtos.Content;
import io.chordata.node.partition.StateMachine.Entry;

/** The rules of one partition over rows in memory, for one open shard. */
final class Rules {
    static final PartitionId PARTITION = new PartitionId(0);
    static final Shard SHARD = Shard.newBuilder()
            .setBucket(ByteString.copyFrom(new byte[RowKeys.ID_BYTES]))
            .build();

    final MapRows rows = new MapRows();
    long timeMillis = 1_000_000;

    private final ObjectStateMachine machine = new ObjectStateMachine();
    private long index;

    Rules() {
        apply(Command.newBuilder().setCreateShard(CreateShard.getDefaultInstance()));
    }

    Answer apply(Command.Builder command) {
        byte[] bytes = command.setShard(SHARD).build().toByteArray();
        return parse(machine.apply(new Entry(PARTITION, ++index, timeMillis, 1, bytes), rows));
    }

    Answer ask(Query.Builder query) {
        return parse(machine.query(PARTITION, query.setShard(SHARD).build().toByteArray(), rows));
    }

    void put(String key) {
        apply(Command.newBuilder()
                .setPutObject(PutObject.newBuilder()
                        .setKey(ByteString.copyFromUtf8(key))
                        .setEtag("etag")
                        .setContent(Content.newBuilder().setInlined(ByteString.EMPTY))));
    }

    private static Answer parse(byte[] answer) {
        try {
            return Answer.parseFrom(answer);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
