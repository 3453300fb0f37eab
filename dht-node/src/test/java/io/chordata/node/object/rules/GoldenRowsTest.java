package io.chordata.node.object.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.PartitionId;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.Command.EffectCase;
import io.chordata.node.partition.StateMachine.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What logs and tables of format 1 hold, which must mean the same for ever: a log that is replayed by a later version
 * gives the very rows that this one made of it. The files were written once; a new kind of command gets new files.
 */
class GoldenRowsTest {
    private static final PartitionId PARTITION = new PartitionId(0);

    private final MapRows rows = new MapRows();
    private final ObjectStateMachine machine = new ObjectStateMachine();
    private long index;

    @Test
    void log_replayed_leavesTheRowsThatItAlwaysLeft() throws IOException {
        for (String line : lines("commands-1")) {
            assertThat(apply(line).hasRefusal()).as(line).isFalse();
        }
        assertThat(rows.text()).isEqualTo(String.join("\n", lines("rows-1")) + "\n");
        assertThat(rows.takeDropped())
                .extracting(body -> new String(body.value().toBytes(), StandardCharsets.US_ASCII))
                .containsExactly("ooooooooooooooo9", "oooooooooooooo10");
    }

    @Test
    void log_ofAccessKeysReplayed_leavesTheRowsThatItAlwaysLeft() throws IOException {
        for (String line : lines("commands-2")) {
            assertThat(apply(line).getKey().getChanged()).as(line).isTrue();
        }
        assertThat(rows.text()).isEqualTo(String.join("\n", lines("rows-2")) + "\n");
    }

    @Test
    void commands_kept_areOfEveryKind() throws IOException {
        Set<EffectCase> kinds = EnumSet.of(EffectCase.EFFECT_NOT_SET);
        for (String file : List.of("commands-1", "commands-2")) {
            for (String line : lines(file)) {
                kinds.add(Command.parseFrom(bytes(line)).getEffectCase());
            }
        }
        assertThat(kinds).isEqualTo(EnumSet.allOf(EffectCase.class));
    }

    private Answer apply(String line) throws InvalidProtocolBufferException {
        long timeMillis = Long.parseLong(line.substring(0, line.indexOf(' ')));
        return Answer.parseFrom(machine.apply(new Entry(PARTITION, ++index, timeMillis, 1, bytes(line)), rows));
    }

    private static byte[] bytes(String line) {
        return HexFormat.of().parseHex(line.substring(line.indexOf(' ') + 1));
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream golden = GoldenRowsTest.class.getResourceAsStream("/golden/objects/" + file)) {
            String text = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toList());
        }
    }
}
