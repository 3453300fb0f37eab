package io.chordata.node.object.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Uint128;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.DropBodies;
import org.junit.jupiter.api.Test;

class DueRulesTest {
    private final Rules rules = new Rules();

    private static BodyId body(int number) {
        return new BodyId(new Uint128(3, number));
    }

    private void drop(int number) {
        rules.apply(Command.newBuilder()
                .setDropBodies(DropBodies.newBuilder()
                        .setRemembered(true)
                        .addBodies(ByteString.copyFrom(body(number).value().toBytes()))));
    }

    private boolean isDropped(int number) {
        return new ObjectStateMachine().isDropped(body(number), rules.rows);
    }

    @Test
    void body_dropped_isKnownAsDropped() {
        drop(1);
        assertThat(isDropped(1)).isTrue();
        assertThat(isDropped(2)).isFalse();
    }

    @Test
    void drop_thirtyDaysLater_isForgottenWithALaterOne() {
        drop(1);
        rules.timeMillis += Periods.DROPPED_MILLIS - 1;
        drop(2);
        assertThat(isDropped(1)).isTrue();
        rules.timeMillis += 1;
        drop(3);
        assertThat(isDropped(1)).isFalse();
        assertThat(isDropped(2)).isTrue();
    }
}
