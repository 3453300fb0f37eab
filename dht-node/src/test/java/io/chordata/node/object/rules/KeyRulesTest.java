package io.chordata.node.object.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.PartitionId;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.CreateKey;
import io.chordata.node.object.rules.MessageProtos.DeleteKey;
import io.chordata.node.object.rules.MessageProtos.GetKey;
import io.chordata.node.object.rules.MessageProtos.ListKeys;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.chordata.node.object.rules.MessageProtos.Refusal.Reason;
import io.chordata.node.object.rules.RowProtos.KeyRow;
import io.chordata.node.partition.StateMachine.Entry;
import org.junit.jupiter.api.Test;

class KeyRulesTest {
    private static final PartitionId PARTITION = new PartitionId(0);

    private final MapRows rows = new MapRows();
    private final ObjectStateMachine machine = new ObjectStateMachine();
    private long index;

    private Answer apply(Command.Builder command) throws InvalidProtocolBufferException {
        return Answer.parseFrom(machine.apply(
                new Entry(PARTITION, ++index, 1_000 + index, 1, command.build().toByteArray()), rows));
    }

    private Answer query(Query.Builder query) throws InvalidProtocolBufferException {
        return Answer.parseFrom(machine.query(PARTITION, query.build().toByteArray(), rows));
    }

    private Answer create(String name, String secret) throws InvalidProtocolBufferException {
        return apply(Command.newBuilder()
                .setCreateKey(CreateKey.newBuilder()
                        .setAccessKey(name)
                        .setSealedSecret(ByteString.copyFromUtf8(secret))
                        .setNote("of " + name)));
    }

    private Answer delete(String name) throws InvalidProtocolBufferException {
        return apply(Command.newBuilder().setDeleteKey(DeleteKey.newBuilder().setAccessKey(name)));
    }

    private Answer find(String name) throws InvalidProtocolBufferException {
        return query(Query.newBuilder().setGetKey(GetKey.newBuilder().setAccessKey(name)));
    }

    private KeyRow row(String name, long createdMillis) {
        return KeyRow.newBuilder()
                .setAccessKey(name)
                .setSealedSecret(ByteString.copyFromUtf8("sealed"))
                .setNote("of " + name)
                .setCreatedMillis(createdMillis)
                .build();
    }

    @Test
    void key_created_isFoundAndListedByName() throws InvalidProtocolBufferException {
        create("B", "sealed");
        create("A", "sealed");

        assertThat(find("A").getKey().getKey()).isEqualTo(row("A", 1_002));
        assertThat(query(Query.newBuilder().setListKeys(ListKeys.getDefaultInstance()))
                        .getKeyPage()
                        .getKeysList())
                .containsExactly(row("A", 1_002), row("B", 1_001));
    }

    @Test
    void name_thatIsTaken_keepsItsSecret() throws InvalidProtocolBufferException {
        create("A", "sealed");
        Answer again = create("A", "another");

        assertThat(again.getKey().getChanged()).isFalse();
        assertThat(find("A").getKey().getKey()).isEqualTo(row("A", 1_001));
    }

    @Test
    void key_deleted_isGoneAndASecondTimeNotThere() throws InvalidProtocolBufferException {
        create("A", "sealed");

        assertThat(delete("A").getKey().getChanged()).isTrue();
        assertThat(delete("A").getKey().getChanged()).isFalse();
        assertThat(find("A").getKey().hasKey()).isFalse();
    }

    @Test
    void keys_asManyAsThereMayBe_areFollowedByARefusalUntilOneGoes() throws InvalidProtocolBufferException {
        for (int i = 0; i < KeyRules.MAX_KEYS; i++) {
            create("K" + i, "sealed");
        }
        assertThat(create("more", "sealed").getRefusal().getReason()).isEqualTo(Reason.TOO_MANY_KEYS);
        delete("K7");
        assertThat(create("more", "sealed").getKey().getChanged()).isTrue();
    }
}
