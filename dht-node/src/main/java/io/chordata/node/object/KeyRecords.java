package io.chordata.node.object;

import com.google.protobuf.ByteString;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.RequestId;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.CreateKey;
import io.chordata.node.object.rules.MessageProtos.DeleteKey;
import io.chordata.node.object.rules.MessageProtos.GetKey;
import io.chordata.node.object.rules.MessageProtos.KeyAnswer;
import io.chordata.node.object.rules.MessageProtos.ListKeys;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.chordata.node.object.rules.RowProtos.KeyRow;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The access keys of the cluster, as records of the system shard. Futures fail with {@link ObjectException}. */
public final class KeyRecords {
    private final Index index;
    private final RandomSource random;

    KeyRecords(Index index, RandomSource random) {
        this.index = index;
        this.random = random;
    }

    /** The key as it is kept; null if another has that name. Fails with TOO_MANY_KEYS. */
    public Future<@Nullable KeyRecord> create(KeyRecord key) {
        CreateKey create = CreateKey.newBuilder()
                .setAccessKey(key.accessKey())
                .setSealedSecret(ByteString.copyFrom(key.sealedSecret()))
                .setNote(key.note())
                .build();
        return index.proposeToSystem(
                        RequestId.random(random), Command.newBuilder().setCreateKey(create))
                .map(answer -> answer.getKey().getChanged() ? recordOf(answer.getKey()) : null);
    }

    /** Whether there was such a key. */
    public Future<Boolean> delete(String accessKey) {
        DeleteKey delete = DeleteKey.newBuilder().setAccessKey(accessKey).build();
        return index.proposeToSystem(
                        RequestId.random(random), Command.newBuilder().setDeleteKey(delete))
                .map(answer -> answer.getKey().getChanged());
    }

    /** Null if there is none; as of now, whichever node asks. */
    public Future<@Nullable KeyRecord> find(String accessKey) {
        GetKey get = GetKey.newBuilder().setAccessKey(accessKey).build();
        return index.readSystem(Query.newBuilder().setGetKey(get)).map(answer -> recordOf(answer.getKey()));
    }

    /** All of them, by name. */
    public Future<List<KeyRecord>> list() {
        return index.readSystem(Query.newBuilder().setListKeys(ListKeys.getDefaultInstance()))
                .map(Answer::getKeyPage)
                .map(page ->
                        page.getKeysList().stream().map(KeyRecords::recordOf).toList());
    }

    private static @Nullable KeyRecord recordOf(KeyAnswer answer) {
        return answer.hasKey() ? recordOf(answer.getKey()) : null;
    }

    private static KeyRecord recordOf(KeyRow row) {
        return new KeyRecord(
                row.getAccessKey(), row.getSealedSecret().toByteArray(), row.getNote(), row.getCreatedMillis());
    }
}
