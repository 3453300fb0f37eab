package io.chordata.node.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.BallotStore;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Vote;
import io.chordata.node.sim.BallotStoreContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBallotStoreTest extends BallotStoreContract {
    private static final Ballot PROMISE = new Ballot(
            NodeId.parse("fedcba9876543210fedcba9876543210"),
            12,
            new Vote(
                    ClusterId.parse("0123456789abcdef0123456789abcdef"),
                    NodeId.parse("00112233445566778899aabbccddeeff"),
                    34));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @Override
    protected BallotStore open() {
        return new FileBallotStore(temporary);
    }

    private Path file() {
        return temporary.resolve("founding");
    }

    @Test
    void file_damagedAnywhere_isRefused() throws IOException {
        byte[] whole = BallotCodec.encode(PROMISE);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x04;
            Files.write(file(), damaged);
            assertThatThrownBy(() -> open().load()).isInstanceOf(DirectoryRefusedException.class);
        }
    }

    @Test
    void file_cutOffAnywhereOrTooLong_isRefused() throws IOException {
        String whole = new String(BallotCodec.encode(PROMISE), UTF_8);
        for (int length = 0; length < whole.length(); length++) {
            Files.writeString(file(), whole.substring(0, length));
            assertThatThrownBy(() -> open().load())
                    .isInstanceOf(IdentityUnreadableException.class)
                    .hasMessageContaining(file().toString());
        }
        Files.writeString(file(), whole + "\n");
        assertThatThrownBy(() -> open().load()).isInstanceOf(IdentityUnreadableException.class);
    }

    @Test
    void file_ofANewerFormat_isRefusedByName() throws IOException {
        Files.writeString(file(), "chordata-founding 2\nanything at all");

        assertThatThrownBy(() -> open().load())
                .isInstanceOf(FormatTooNewException.class)
                .hasMessageContaining("format 2");
    }

    @Test
    void save_thatWasInterrupted_leavesTheLastOne() throws IOException {
        open().save(PROMISE);
        Files.writeString(temporary.resolve("founding.tmp"), "chordata-found");

        assertThat(open().load()).isEqualTo(PROMISE);
    }

    @Test
    void file_ofVersionOne_isReadAndWrittenAsEver() throws IOException {
        assertGolden("1-promise", PROMISE);
        assertGolden("1-none", PROMISE.voting(null));
    }

    private static void assertGolden(String name, Ballot ballot) throws IOException {
        try (InputStream golden = FileBallotStoreTest.class.getResourceAsStream("/golden/founding/" + name)) {
            byte[] bytes = Objects.requireNonNull(golden).readAllBytes();
            assertThat(BallotCodec.decode(bytes, Path.of("golden"))).isEqualTo(ballot);
            assertThat(BallotCodec.encode(ballot)).asString(UTF_8).isEqualTo(new String(bytes, UTF_8));
        }
    }
}
