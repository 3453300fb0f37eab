package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.storage.DataDirectory.Founding;
import io.chordata.node.storage.Identity.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfoundedDirectoryTest {
    private static final Founding FOUNDING = new Founding(
            new ClusterId(new Uint128(1, 2)),
            new NodeId(new Uint128(3, 4)),
            Origin.JOINED,
            Partitioning.DEFAULT,
            new Uint128(5, 6));
    private static final Ballot BALLOT = Ballot.blank(FOUNDING.node()).intending(new ClusterId(new Uint128(7, 8)));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @Test
    void directory_thatDoesNotExist_isMadeAndHeld() {
        Path path = temporary.resolve("deep/data");
        try (UnfoundedDirectory directory = UnfoundedDirectory.take(path)) {
            assertThat(directory.ballots().load()).isNull();
            assertThatThrownBy(() -> UnfoundedDirectory.take(path)).isInstanceOf(DirectoryInUseException.class);
            assertThatThrownBy(() -> DataDirectory.open(path, FOUNDING)).isInstanceOf(DirectoryInUseException.class);
        }
        UnfoundedDirectory.take(path).close();
    }

    @Test
    void directory_withNothingButABallot_isNotFounded() {
        try (UnfoundedDirectory directory = UnfoundedDirectory.take(temporary)) {
            directory.ballots().save(BALLOT);
        }
        assertThat(DataDirectory.isFounded(temporary)).isFalse();
        try (UnfoundedDirectory directory = UnfoundedDirectory.take(temporary)) {
            assertThat(directory.ballots().load()).isEqualTo(BALLOT);
        }
    }

    @Test
    void directory_founded_hasTheIdentityAndNoBallotAndIsStillHeld() {
        UnfoundedDirectory unfounded = UnfoundedDirectory.take(temporary);
        unfounded.ballots().save(BALLOT);
        try (DataDirectory directory = unfounded.found(FOUNDING)) {
            assertThat(directory.identity().origin()).isEqualTo(Origin.JOINED);
            assertThat(directory.identity().node()).isEqualTo(FOUNDING.node());
            assertThat(temporary.resolve("founding")).doesNotExist();
            assertThatThrownBy(() -> DataDirectory.open(temporary, FOUNDING))
                    .isInstanceOf(DirectoryInUseException.class);
        }
        assertThat(DataDirectory.isFounded(temporary)).isTrue();
    }

    @Test
    void ballot_leftBesideAnIdentity_isDroppedAtTheNextStart() {
        DataDirectory.open(temporary, FOUNDING).close();
        new FileBallotStore(temporary).save(BALLOT);

        try (DataDirectory directory = DataDirectory.open(temporary, FOUNDING)) {
            assertThat(directory.identity().incarnation()).isEqualTo(2);
            assertThat(temporary.resolve("founding")).doesNotExist();
        }
    }

    @Test
    void directory_withAnIdentity_isNotTaken() {
        DataDirectory.open(temporary, FOUNDING).close();

        assertThatThrownBy(() -> UnfoundedDirectory.take(temporary)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void directory_withForeignFiles_isRefusedUntouched() throws IOException {
        Files.writeString(temporary.resolve("letter"), "dear reader");

        assertThatThrownBy(() -> UnfoundedDirectory.take(temporary)).isInstanceOf(DirectoryForeignException.class);
        assertThat(temporary).isDirectoryNotContaining("glob:**lock");
    }
}
