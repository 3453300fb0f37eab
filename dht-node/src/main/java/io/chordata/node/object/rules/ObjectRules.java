package io.chordata.node.object.rules;

import com.google.protobuf.ByteString;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.DeleteObject;
import io.chordata.node.object.rules.MessageProtos.Done;
import io.chordata.node.object.rules.MessageProtos.GetObject;
import io.chordata.node.object.rules.MessageProtos.ObjectAnswer;
import io.chordata.node.object.rules.MessageProtos.PutObject;
import io.chordata.node.object.rules.MessageProtos.Refusal.Reason;
import io.chordata.node.object.rules.MessageProtos.Shard;
import io.chordata.node.object.rules.RowProtos.Body;
import io.chordata.node.object.rules.RowProtos.Content;
import io.chordata.node.object.rules.RowProtos.Head;
import io.chordata.node.object.rules.RowProtos.Part;
import io.chordata.node.partition.StateMachine.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects: a head row, and a content row for the version that the head names. Both change in one entry, and what a change
 * leaves unreferred to becomes garbage in the same.
 */
final class ObjectRules {
    private ObjectRules() {}

    static Answer put(Change change, PutObject put) {
        bodies(put.getContent()).forEach(body -> WriteRules.checkAge(change, body));
        Head current = find(change.rows(), change.shard(), put.getKey());
        WriteRules.check(put.getConditions(), current);
        Head head = Head.newBuilder()
                .setSize(put.getSize())
                .setEtag(put.getEtag())
                .setMetadata(put.getMetadata())
                .mergeFrom(checksumOf(put))
                .build();
        Answer.Builder answer = Answer.newBuilder();
        bodies(put.getContent()).forEach(body -> answer.setStoredBody(body.getId()));
        return answer.setHead(replace(change, put.getKey(), current, head, put.getContent()))
                .build();
    }

    static Answer delete(Change change, DeleteObject delete) {
        Head current = find(change.rows(), change.shard(), delete.getKey());
        WriteRules.check(delete.getConditions(), current);
        if (current != null) {
            dropContent(change, delete.getKey(), current);
            change.delete(Tables.HEADS, RowKeys.head(change.shard(), delete.getKey()));
        }
        return Answer.newBuilder().setDone(Done.getDefaultInstance()).build();
    }

    static Answer get(Rows rows, Shard shard, GetObject get) {
        Head head = find(rows, shard, get.getKey());
        if (head == null) {
            throw new RuleRefusal(Reason.NO_SUCH_KEY, "the object does not exist");
        }
        ObjectAnswer.Builder answer = ObjectAnswer.newBuilder().setHead(head);
        if (get.getWithContent()) {
            answer.setContent(content(rows, shard, get.getKey(), head));
        }
        return Answer.newBuilder().setObject(answer).build();
    }

    static @Nullable Head find(Rows rows, Shard shard, ByteString key) {
        return RowReader.get(rows, Tables.HEADS, RowKeys.head(shard, key), Head.parser());
    }

    static Content content(Rows rows, Shard shard, ByteString key, Head head) {
        return RowReader.require(
                rows, Tables.CONTENTS, RowKeys.content(shard, key, head.getSequence()), Content.parser());
    }

    /** Makes {@code head}, completed with sequence and time, the key's current version. */
    static Head replace(Change change, ByteString key, @Nullable Head current, Head head, Content content) {
        if (current != null) {
            dropContent(change, key, current);
        }
        Head stored = head.toBuilder()
                .setSequence(change.index())
                .setModifiedMillis(change.timeMillis())
                .setInlined(content.hasInlined())
                .build();
        change.put(Tables.HEADS, RowKeys.head(change.shard(), key), stored);
        change.put(Tables.CONTENTS, RowKeys.content(change.shard(), key, stored.getSequence()), content);
        return stored;
    }

    private static void dropContent(Change change, ByteString key, Head head) {
        if (!head.getInlined()) {
            change.discard(bodies(content(change.rows(), change.shard(), key, head)));
        }
        change.delete(Tables.CONTENTS, RowKeys.content(change.shard(), key, head.getSequence()));
    }

    private static List<Body> bodies(Content content) {
        return content.getManifest().getPartsList().stream()
                .filter(Part::hasBody)
                .map(Part::getBody)
                .toList();
    }

    private static Head checksumOf(PutObject put) {
        return put.hasChecksum()
                ? Head.newBuilder().setChecksum(put.getChecksum()).build()
                : Head.getDefaultInstance();
    }
}
