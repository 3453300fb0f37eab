package io.chordata.node.object.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.DeleteObject;
import org.junit.jupiter.api.Test;

class ObjectStateMachineTest {
    private final ObjectStateMachine machine = new ObjectStateMachine();

    @Test
    void command_ofThisVersion_isKnownFromItsLevelOn() {
        byte[] command = Command.newBuilder()
                .setDeleteObject(DeleteObject.getDefaultInstance())
                .build()
                .toByteArray();
        assertThat(machine.isKnown(command, 1)).isTrue();
        assertThat(machine.isKnown(command, 0)).isFalse();
    }

    @Test
    void command_thatDoesNotParse_isNotKnown() {
        assertThat(machine.isKnown(new byte[] {(byte) 0xff, 1, 2}, 1)).isFalse();
    }

    @Test
    void command_withTheEffectOfALaterVersion_isNotKnown() {
        byte[] fieldOneHundred = {(byte) 0xa2, 0x06, 0};
        assertThat(machine.isKnown(fieldOneHundred, 1)).isFalse();
    }
}
