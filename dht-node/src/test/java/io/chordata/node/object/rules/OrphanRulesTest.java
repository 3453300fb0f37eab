package io.chordata.node.object.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.Condemn;
import io.chordata.node.object.rules.MessageProtos.Owner;
import io.chordata.node.object.rules.MessageProtos.PutObject;
import io.chordata.node.object.rules.RowProtos.Body;
import io.chordata.node.object.rules.RowProtos.Content;
import io.chordata.node.object.rules.RowProtos.Manifest;
import io.chordata.node.object.rules.RowProtos.Part;
import org.junit.jupiter.api.Test;

/** An upload that takes long, and somebody who finds blocks that nothing refers to: in one log, one of the two comes first. */
class OrphanRulesTest {
    private static final ByteString BODY = ByteString.copyFrom(new byte[16]);
    private static final ByteString KEY = ByteString.copyFromUtf8("key");

    private final Rules rules = new Rules();
    private final long startedMillis = rules.timeMillis;

    private Answer commit() {
        Body body = Body.newBuilder()
                .setId(BODY)
                .setSize(1)
                .setBlockBytes(1)
                .setStartedMillis(startedMillis)
                .build();
        Manifest manifest = Manifest.newBuilder()
                .addParts(Part.newBuilder().setSize(1).setBody(body))
                .build();
        return rules.apply(Command.newBuilder()
                .setPutObject(PutObject.newBuilder()
                        .setKey(KEY)
                        .setEtag("etag")
                        .setSize(1)
                        .setContent(Content.newBuilder().setManifest(manifest))));
    }

    private boolean isCondemned() {
        Owner owner = Owner.newBuilder()
                .setBody(BODY)
                .setKey(KEY)
                .setStartedMillis(startedMillis)
                .build();
        Answer answer =
                rules.apply(Command.newBuilder().setCondemn(Condemn.newBuilder().setOwner(owner)));
        return !answer.getVerdict().getReferenced();
    }

    @Test
    void upload_thatCommitsJustBeforeItIsCondemned_isKept() {
        rules.timeMillis = startedMillis + Periods.BODY_START_MILLIS;
        assertThat(commit().hasRefusal()).isFalse();
        rules.timeMillis++;
        assertThat(isCondemned()).isFalse();
    }

    @Test
    void upload_thatCommitsAsItIsCondemned_isRefused() {
        rules.timeMillis = startedMillis + Periods.BODY_START_MILLIS + 1;
        assertThat(isCondemned()).isTrue();
        assertThat(commit().getRefusal().getReason()).isEqualTo(MessageProtos.Refusal.Reason.BODY_TOO_OLD);
    }

    @Test
    void upload_stillInTime_isNotCondemned() {
        rules.timeMillis = startedMillis + Periods.BODY_START_MILLIS;
        assertThat(isCondemned()).isFalse();
        assertThat(commit().hasRefusal()).isFalse();
    }
}
