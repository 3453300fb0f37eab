package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.config.ConfigException;
import io.chordata.node.config.HostPort;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.Option;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.SettingsLoader;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.storage.DataDirectory;
import io.chordata.node.storage.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPlanTest {
    private static final RootCredentials CREDENTIALS = new RootCredentials("root", "0123456789abcdef");
    private static final String SECRET = "a secret of tests, 0123456789abcdef";

    private static final DataDirectory.Founding FOUNDING = new DataDirectory.Founding(
            new ClusterId(new Uint128(1, 1)),
            new NodeId(new Uint128(2, 2)),
            Identity.Origin.FOUNDED,
            Partitioning.DEFAULT,
            new Uint128(3, 3));

    private final Map<Option<?>, String> flags = new LinkedHashMap<>();

    @TempDir
    private Path data;

    private List<NodeConfig> planUnasked(Path directory) {
        flags.remove(OptionCatalogue.NODES);
        return DemoPlan.of(SettingsLoader.load(flags, Map.of()), directory, CREDENTIALS, SECRET);
    }

    private List<NodeConfig> plan(int nodes) {
        return plan(nodes, data);
    }

    private List<NodeConfig> plan(int nodes, Path directory) {
        flags.put(OptionCatalogue.NODES, "" + nodes);
        return DemoPlan.of(SettingsLoader.load(flags, Map.of()), directory, CREDENTIALS, SECRET);
    }

    @Test
    void demo_ofOneNode_isAloneInTheDirectoryItself() {
        NodeConfig node = plan(1).get(0);

        assertThat(plan(1)).hasSize(1);
        assertThat(node.data()).isEqualTo(data);
        assertThat(node.init()).isTrue();
        assertThat(node.cluster().secret()).isNull();
        assertThat(node.cluster().seeds()).isEmpty();
    }

    @Test
    void demo_ofFiveNodes_hasAFounderAndFourThatJoinItTenPortsApart() {
        List<NodeConfig> nodes = plan(5);

        assertThat(nodes).hasSize(5);
        for (int i = 0; i < 5; i++) {
            NodeConfig node = nodes.get(i);
            assertThat(node.init()).isEqualTo(i == 0);
            assertThat(node.name()).isEqualTo("node-" + i);
            assertThat(node.data()).isEqualTo(data.resolve("node-" + i));
            assertThat(node.s3().port()).isEqualTo(9000 + 10 * i);
            assertThat(node.admin()).isEqualTo(new HostPort("127.0.0.1", 9001 + 10 * i));
            assertThat(node.cluster().rpc().port()).isEqualTo(7000 + 10 * i);
            assertThat(node.cluster().advertise()).isEqualTo(new HostPort("127.0.0.1", 7000 + 10 * i));
            assertThat(node.cluster().seeds()).isEqualTo(i == 0 ? List.of() : List.of(new HostPort("127.0.0.1", 7000)));
            assertThat(node.cluster().secret()).isNotNull();
            assertThat(node.cluster().placement().replaceAfterMillis()).isEqualTo(15_000);
        }
    }

    @Test
    void demo_onFreePorts_keepsThemFreeForEachNode() {
        flags.put(OptionCatalogue.S3_PORT, "0");
        flags.put(OptionCatalogue.ADMIN_PORT, "0");

        assertThat(plan(3)).allSatisfy(node -> assertThat(node.s3().port()).isZero());
    }

    @Test
    void demo_thatCannotFindItsFirstNode_isRefused() {
        flags.put(OptionCatalogue.INTERNAL_PORT, "0");

        assertThatThrownBy(() -> plan(2)).isInstanceOf(ConfigException.class).hasMessageContaining("--internal-port");
    }

    @Test
    void demo_beyondTheLastPort_isRefusedWithTheFirstThatWouldDo() {
        flags.put(OptionCatalogue.ADMIN_PORT, "65520");

        assertThat(plan(2)).hasSize(2);
        assertThatThrownBy(() -> plan(3))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--admin")
                .hasMessageContaining("65540")
                .hasMessageContaining("65516");
    }

    @Test
    void demo_onTheDataOfOneOfAnotherSize_isRefusedWithWhatToDo() throws IOException {
        Path several = Files.createDirectory(data.resolve("several"));
        Files.createDirectory(several.resolve("node-0"));
        Path one = data.resolve("one");
        DataDirectory.open(one, FOUNDING).close();

        assertThat(plan(3, several)).hasSize(3);
        assertThatThrownBy(() -> plan(1, several)).hasMessageContaining("holds a demo of several nodes");
        assertThat(plan(1, one)).hasSize(1);
        assertThatThrownBy(() -> plan(2, one)).hasMessageContaining("holds a demo of one node");
    }

    @Test
    void demo_notToldHowMany_hasFiveOrAsManyAsItsDataIsOf() throws IOException {
        Path two = Files.createDirectory(data.resolve("two"));
        Files.createDirectory(two.resolve("node-0"));
        Files.createDirectory(two.resolve("node-1"));
        Path one = data.resolve("one");
        DataDirectory.open(one, FOUNDING).close();

        assertThat(planUnasked(data.resolve("none")))
                .hasSize(5)
                .allSatisfy(node ->
                        assertThat(node.cluster().placement().replication()).isEqualTo(3));
        assertThat(planUnasked(two)).hasSize(2);
        assertThat(planUnasked(one)).hasSize(1);
    }

    @Test
    void demo_inSomebodyElsesDirectory_isRefused() throws IOException {
        Files.writeString(data.resolve("thesis.tex"), "dear");

        assertThatThrownBy(() -> plan(2))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("thesis.tex");
    }
}
