package io.chordata.node.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.storage.DataDirectory.Founding;
import io.chordata.node.storage.Identity.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final Founding FOUNDING = new Founding(
            ClusterId.parse("0123456789abcdef0123456789abcdef"),
            NodeId.parse("fedcba9876543210fedcba9876543210"),
            Origin.JOINED,
            Partitioning.DEFAULT,
            Uint128.parse("00112233445566778899aabbccddeeff"));
    private static final Founding ANOTHER = new Founding(
            new ClusterId(new Uint128(0, 1)),
            new NodeId(Uint128.ZERO),
            Origin.FOUNDED,
            new Partitioning(4),
            Uint128.ZERO);
    private static final Identity FOUNDED = new Identity(
            FOUNDING.cluster(),
            FOUNDING.node(),
            Origin.JOINED,
            1,
            FOUNDING.partitioning(),
            List.of(FOUNDING.directory()));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @Test
    void directory_that_does_not_exist_is_founded_with_what_was_given() {
        Path path = temporary.resolve("deep/down/data");
        try (DataDirectory directory = DataDirectory.open(path, FOUNDING)) {
            assertThat(directory.identity()).isEqualTo(FOUNDED);
            assertThat(directory.records()).isEqualTo(path.resolve("records"));
            assertThat(directory.blocks()).isEqualTo(path.resolve("blocks"));
            assertThat(path).isDirectoryContaining("glob:**identity").isDirectoryContaining("glob:**lock");
        }
    }

    @Test
    void directory_that_does_not_exist_is_made_for_its_owner_alone() throws IOException {
        Path path = temporary.resolve("deep/data");
        DataDirectory.open(path, FOUNDING).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
    }

    @Test
    void directory_without_its_directory_of_records_is_set_aside_but_for_its_name() throws IOException {
        openAndClose(FOUNDING);
        Path block = Files.createDirectories(temporary.resolve("blocks")).resolve("segment");
        Files.writeString(block, "what it acknowledged");

        DataDirectory.setAsideIfRecordsAreGone(temporary);

        assertThat(DataDirectory.isFounded(temporary)).isFalse();
        assertThat(DataDirectory.hasForgotten(temporary)).isTrue();
        assertThat(temporary.resolve("blocks.of-" + FOUNDING.node()).resolve("segment"))
                .hasContent("what it acknowledged");
        assertThat(temporary.resolve("identity.of-" + FOUNDING.node())).exists();
        openAndClose(FOUNDING);
        assertThat(DataDirectory.isFounded(temporary)).isTrue();
    }

    @Test
    void setting_aside_that_was_cut_off_goes_on_at_the_next_start() throws IOException {
        openAndClose(FOUNDING);
        Files.createDirectories(temporary.resolve("blocks.of-" + FOUNDING.node()));

        DataDirectory.setAsideIfRecordsAreGone(temporary);

        assertThat(DataDirectory.isFounded(temporary)).isFalse();
    }

    @Test
    void directory_with_records_or_without_either_is_not_set_aside() throws IOException {
        openAndClose(FOUNDING);
        DataDirectory.setAsideIfRecordsAreGone(temporary);
        Files.createDirectories(temporary.resolve("records"));
        Files.createDirectories(temporary.resolve("blocks"));
        DataDirectory.setAsideIfRecordsAreGone(temporary);

        assertThat(DataDirectory.isFounded(temporary)).isTrue();
        assertThat(DataDirectory.hasForgotten(temporary)).isFalse();
    }

    @Test
    void directory_whose_blocks_are_gone_says_so_from_its_second_start_on() throws IOException {
        try (DataDirectory first = DataDirectory.open(temporary, FOUNDING)) {
            assertThat(first.hasLostBlocks()).isFalse();
        }
        try (DataDirectory second = DataDirectory.open(temporary, FOUNDING)) {
            assertThat(second.hasLostBlocks()).isTrue();
            Files.createDirectories(second.blocks());
            assertThat(second.hasLostBlocks()).isFalse();
        }
    }

    @Test
    void directory_that_lost_its_records_is_refused() throws IOException {
        openAndClose(FOUNDING);
        Files.createDirectories(temporary.resolve("blocks"));
        Path main = Files.createDirectories(temporary.resolve("records/main")).resolve("CURRENT");
        Path state = Files.createDirectories(temporary.resolve("records/state")).resolve("CURRENT");
        for (Path missing : List.of(main, state)) {
            Files.writeString(main, "a database");
            Files.writeString(state, "a database");
            openAndClose(FOUNDING);
            Files.delete(missing);
            assertThatThrownBy(() -> openAndClose(FOUNDING))
                    .isInstanceOf(RecordsDamagedException.class)
                    .hasMessageContaining(missing.toString());
        }
    }

    @Test
    void founded_directory_keeps_its_identity_and_counts_its_starts() {
        openAndClose(FOUNDING);
        assertThat(openAndClose(ANOTHER)).isEqualTo(FOUNDED.nextIncarnation());
        assertThat(openAndClose(ANOTHER).incarnation()).isEqualTo(3);
    }

    @Test
    void incarnation_is_on_disk_before_the_directory_is_used() throws IOException {
        try (DataDirectory directory = DataDirectory.open(temporary, FOUNDING)) {
            Path file = temporary.resolve("identity");
            assertThat(IdentityCodec.decode(Files.readAllBytes(file), file)).isEqualTo(directory.identity());
        }
    }

    @Test
    void founding_that_was_interrupted_is_done_anew() throws IOException {
        Files.createDirectory(temporary.resolve("lost+found"));
        assertThat(openAndClose(FOUNDING).incarnation()).isEqualTo(1);
        Files.delete(temporary.resolve("identity"));
        assertThat(openAndClose(ANOTHER).node()).isEqualTo(ANOTHER.node());
        Files.delete(temporary.resolve("identity"));
        Files.writeString(temporary.resolve("identity.tmp"), "chordata-ident");
        assertThat(openAndClose(FOUNDING)).isEqualTo(FOUNDED);
    }

    @Test
    void start_that_was_interrupted_goes_on_from_the_old_identity() throws IOException {
        openAndClose(FOUNDING);
        Files.writeString(temporary.resolve("identity.tmp"), "chordata-identity 1\nclus");
        assertThat(openAndClose(FOUNDING).incarnation()).isEqualTo(2);
        assertThat(temporary.resolve("identity.tmp")).doesNotExist();
    }

    @Test
    void directory_in_use_by_this_process_is_refused() {
        try (DataDirectory first = DataDirectory.open(temporary, FOUNDING)) {
            assertThatThrownBy(() -> DataDirectory.open(temporary, FOUNDING))
                    .isInstanceOf(DirectoryInUseException.class);
            assertThat(first.identity().incarnation()).isEqualTo(1);
        }
        assertThat(openAndClose(FOUNDING).incarnation()).isEqualTo(2);
    }

    @Test
    void directory_in_use_by_another_process_is_refused_until_that_is_killed() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        temporary.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(other.inputReader(UTF_8).readLine()).contains("event=data-directory-opened");
            Map<String, String> before = contentOf(temporary);
            assertThatThrownBy(() -> DataDirectory.open(temporary, FOUNDING))
                    .isInstanceOf(DirectoryInUseException.class)
                    .hasMessageContaining(temporary.toString())
                    .hasMessageContaining("process " + other.pid());
            assertThat(contentOf(temporary)).isEqualTo(before);
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(openAndClose(FOUNDING).incarnation()).isEqualTo(2);
    }

    /** Holds a directory until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (DataDirectory directory = DataDirectory.open(Path.of(arguments[0]), FOUNDING)) {
                assertThat(System.in.read()).as(directory.path().toString()).isNegative();
            }
        }
    }

    @Test
    void identity_damaged_anywhere_is_refused_and_nothing_is_touched() throws IOException {
        byte[] whole = IdentityCodec.encode(FOUNDED);
        Path file = temporary.resolve("identity");
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x04;
            Files.write(file, damaged);
            refusedUntouched(DirectoryRefusedException.class);
        }
    }

    @Test
    void identity_cut_off_anywhere_or_too_long_is_refused_and_nothing_is_touched() throws IOException {
        String whole = new String(IdentityCodec.encode(FOUNDED), UTF_8);
        for (int length = 0; length < whole.length(); length++) {
            Files.writeString(temporary.resolve("identity"), whole.substring(0, length));
            refusedUntouched(IdentityUnreadableException.class);
        }
        Files.writeString(temporary.resolve("identity"), whole + "\n");
        refusedUntouched(IdentityUnreadableException.class);
    }

    @Test
    void identity_that_is_no_file_is_refused_and_nothing_is_touched() throws IOException {
        Files.createDirectory(temporary.resolve("identity"));
        refusedUntouched(IdentityUnreadableException.class);
    }

    @Test
    void identity_of_a_newer_format_is_refused_by_name_and_nothing_is_touched() throws IOException {
        Files.writeString(temporary.resolve("identity"), "chordata-identity 3\nanything at all");
        assertThat(refusedUntouched(FormatTooNewException.class))
                .hasMessageContaining("format 3")
                .hasMessageContaining(temporary.toString());
    }

    @Test
    void directory_with_files_but_no_identity_is_refused_and_nothing_is_touched() throws IOException {
        Files.createDirectory(temporary.resolve("records"));
        Files.writeString(temporary.resolve("lock"), "");
        assertThat(refusedUntouched(DirectoryForeignException.class)).hasMessageContaining("'records'");
    }

    @Test
    void directory_that_must_have_an_identity_and_has_none_is_refused_and_nothing_is_touched() throws IOException {
        Path absent = temporary.resolve("absent");
        for (Path path : List.of(absent, temporary)) {
            assertThatThrownBy(() -> DataDirectory.open(path))
                    .isInstanceOf(DirectoryForeignException.class)
                    .hasMessageContaining("has no identity any more");
        }
        assertThat(temporary).isEmptyDirectory();
        openAndClose(FOUNDING);
        try (DataDirectory directory = DataDirectory.open(temporary)) {
            assertThat(directory.identity()).isEqualTo(FOUNDED.nextIncarnation());
        }
    }

    @Test
    void path_that_is_a_file_is_refused() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "content");
        assertThatThrownBy(() -> DataDirectory.open(file, FOUNDING)).isInstanceOf(DirectoryForeignException.class);
        assertThat(file).hasContent("content");
    }

    @Test
    void version_1_of_the_identity_file_is_read_as_that_of_a_founder() throws IOException {
        assertThat(IdentityCodec.decode(golden("1"), Path.of("golden"))).isEqualTo(goldenIdentity(Origin.FOUNDED));
    }

    @Test
    void version_2_of_the_identity_file_is_read_and_written_as_ever() throws IOException {
        for (Origin origin : Origin.values()) {
            byte[] bytes = golden(origin == Origin.FOUNDED ? "2-founded" : "2-joined");
            Identity identity = goldenIdentity(origin);
            assertThat(IdentityCodec.decode(bytes, Path.of("golden"))).isEqualTo(identity);
            assertThat(IdentityCodec.encode(identity)).asString().isEqualTo(new String(bytes, UTF_8));
        }
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream golden = DataDirectoryTest.class.getResourceAsStream("/golden/identity/" + name)) {
            return java.util.Objects.requireNonNull(golden).readAllBytes();
        }
    }

    private static Identity goldenIdentity(Origin origin) {
        return new Identity(
                FOUNDING.cluster(),
                FOUNDING.node(),
                origin,
                42,
                new Partitioning(12),
                List.of(FOUNDING.directory(), Uint128.parse("ffeeddccbbaa99887766554433221100")));
    }

    @Test
    void identity_with_an_origin_that_its_version_has_not_or_without_one_that_it_has_is_refused() {
        for (String text : List.of(
                new String(IdentityCodec.encode(FOUNDED), UTF_8).replace("identity 2", "identity 1"),
                new String(IdentityCodec.encode(FOUNDED), UTF_8).replace("origin joined\n", ""))) {
            byte[] bytes = withChecksum(text);
            assertThatThrownBy(() -> IdentityCodec.decode(bytes, Path.of("mixed")))
                    .isInstanceOf(IdentityUnreadableException.class)
                    .hasMessageContaining("damaged");
        }
    }

    private static byte[] withChecksum(String text) {
        String before = text.substring(0, text.indexOf("checksum "));
        CRC32C crc = new CRC32C();
        crc.update(before.getBytes(UTF_8));
        return (before + "checksum " + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n").getBytes(UTF_8);
    }

    @Test
    void identity_of_version_1_is_version_2_after_the_next_start() throws IOException {
        Files.write(temporary.resolve("identity"), golden("1"));

        assertThat(openAndClose(ANOTHER))
                .isEqualTo(goldenIdentity(Origin.FOUNDED).nextIncarnation());

        assertThat(temporary.resolve("identity")).content().startsWith("chordata-identity 2\n");
    }

    @Test
    void identity_with_values_out_of_range_is_refused() {
        List<Uint128> directories = List.of(FOUNDING.directory());
        assertThatThrownBy(() -> identity(FOUNDING.cluster(), 0, directories))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> identity(FOUNDING.cluster(), 1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> identity(ClusterId.NONE, 1, directories)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Identity identity(ClusterId cluster, long incarnation, List<Uint128> directories) {
        return new Identity(cluster, FOUNDING.node(), Origin.FOUNDED, incarnation, Partitioning.DEFAULT, directories);
    }

    private Identity openAndClose(Founding founding) {
        try (DataDirectory directory = DataDirectory.open(temporary, founding)) {
            return directory.identity();
        }
    }

    private Throwable refusedUntouched(Class<? extends DirectoryRefusedException> refusal) throws IOException {
        Map<String, String> before = contentOf(temporary);
        Throwable thrown =
                org.assertj.core.api.Assertions.catchThrowable(() -> DataDirectory.open(temporary, FOUNDING));
        assertThat(thrown).as("%s", before).isInstanceOf(refusal);
        assertThat(contentOf(temporary)).isEqualTo(before);
        return thrown;
    }

    private static Map<String, String> contentOf(Path directory) throws IOException {
        Map<String, String> content = new TreeMap<>();
        for (Path file : TestFiles.tree(directory)) {
            content.put(
                    file.toString(),
                    Files.isDirectory(file)
                            ? ""
                            : new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        return content;
    }
}
