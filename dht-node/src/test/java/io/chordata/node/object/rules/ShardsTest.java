package io.chordata.node.object.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.CreateShard;
import io.chordata.node.object.rules.MessageProtos.PurgeShard;
import io.chordata.node.object.rules.MessageProtos.Refusal.Reason;
import io.chordata.node.object.rules.MessageProtos.ReopenShard;
import io.chordata.node.object.rules.MessageProtos.SealShard;
import org.junit.jupiter.api.Test;

class ShardsTest {
    private final Rules rules = new Rules();

    private Reason seal(long attempt) {
        return reason(rules.apply(
                Command.newBuilder().setSealShard(SealShard.newBuilder().setAttempt(attempt))));
    }

    private void reopen(long attempt) {
        rules.apply(Command.newBuilder().setReopenShard(ReopenShard.newBuilder().setAttempt(attempt)));
    }

    private static Reason reason(Answer answer) {
        return answer.getRefusal().getReason();
    }

    @Test
    void late_seal_of_an_attempt_that_was_given_up_is_refused() {
        assertThat(seal(1)).isEqualTo(Reason.REASON_NONE);
        reopen(1);
        assertThat(seal(1)).isEqualTo(Reason.STALE_ATTEMPT);
        assertThat(seal(2)).isEqualTo(Reason.REASON_NONE);
    }

    @Test
    void late_reopening_does_not_open_what_a_newer_attempt_sealed() {
        reopen(1);
        assertThat(seal(2)).isEqualTo(Reason.REASON_NONE);
        reopen(1);
        assertThat(seal(2)).isEqualTo(Reason.REASON_NONE);
        assertThat(seal(1)).isEqualTo(Reason.STALE_ATTEMPT);
    }

    @Test
    void shard_with_objects_is_not_sealed() {
        rules.put("key");
        assertThat(seal(1)).isEqualTo(Reason.NOT_EMPTY);
    }

    @Test
    void late_create_does_not_bring_back_a_removed_shard() {
        seal(1);
        rules.apply(Command.newBuilder().setPurgeShard(PurgeShard.newBuilder().setMaxRows(10)));
        rules.apply(Command.newBuilder().setCreateShard(CreateShard.getDefaultInstance()));
        assertThat(seal(2)).isEqualTo(Reason.UNKNOWN_SHARD);
    }
}
