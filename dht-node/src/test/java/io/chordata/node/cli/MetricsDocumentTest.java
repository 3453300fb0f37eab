package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.Metric;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.SettingsLoader;
import io.chordata.node.process.Await;
import io.chordata.node.process.FreePorts;
import io.chordata.node.rpc.RpcTlsOptions;
import io.chordata.node.rpc.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@code docs/metrics.md} to what a node that runs says at {@code /metrics}, row by row. */
class MetricsDocumentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path DOCUMENT = Path.of("docs", "metrics.md");
    private static final Pattern HELP = Pattern.compile("# HELP (chordata_\\S+) (.*)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (chordata_\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("(chordata_[a-z0-9_]+)\\{([^}]*)}.*");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"");

    @TempDir
    private Path folder;

    private NodeRuntime node;

    @BeforeEach
    void start() {
        RpcTlsOptions tls = new TestCertificates(folder).issue("node");
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CHORDATA_S3", "127.0.0.1:0");
        environment.put("CHORDATA_ADMIN", "127.0.0.1:0");
        environment.put("CHORDATA_EVENT_LOOPS", "1");
        environment.put("CHORDATA_INTERNAL", "127.0.0.1:" + FreePorts.one());
        environment.put("CHORDATA_CLUSTER_SECRET", "a secret of tests, 0123456789abcdef");
        environment.put("CHORDATA_INTERNAL_CERTIFICATE", tls.certificatePath());
        environment.put("CHORDATA_INTERNAL_KEY", tls.keyPath());
        environment.put("CHORDATA_INTERNAL_AUTHORITY", tls.authorityPath());
        NodeConfig config = NodeConfig.of(
                SettingsLoader.load(Map.of(), environment),
                folder.resolve("data"),
                true,
                new RootCredentials("root", "0123456789abcdef"));
        node = NodeRuntime.start(config, new Lifecycle());
        callOnce(config);
    }

    /** What counts events of a kind appears with the first of them. */
    private void callOnce(NodeConfig config) {
        try (Socket stranger = new Socket("127.0.0.1", config.cluster().rpc().port())) {
            stranger.getOutputStream().write("no TLS, no hello".getBytes(StandardCharsets.US_ASCII));
            HttpURLConnection s3 = (HttpURLConnection)
                    URI.create("http://" + node.s3() + "/").toURL().openConnection();
            assertThat(s3.getResponseCode()).isEqualTo(403);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        node.stop();
    }

    private String scrape() {
        try (InputStream body =
                URI.create("http://" + node.admin() + "/metrics").toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A row for each metric, as the scrape has it. */
    private static Map<String, String> rows(String scrape) {
        Map<String, String> types = new TreeMap<>();
        Map<String, TreeSet<String>> labels = new TreeMap<>();
        Map<String, String> meanings = new TreeMap<>();
        for (String line : scrape.lines().toList()) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                meanings.put(help.group(1), help.group(2));
            } else if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (sample.matches()) {
                String name = sample.group(1).replaceFirst("_(bucket|sum|count)$", "");
                String known = types.containsKey(name) ? name : sample.group(1);
                LABEL.matcher(sample.group(2))
                        .results()
                        .map(result -> result.group(1))
                        .filter(label -> !label.equals("le"))
                        .forEach(label -> labels.computeIfAbsent(known, first -> new TreeSet<>())
                                .add(label));
            }
        }
        Map<String, String> rows = new TreeMap<>();
        meanings.forEach((name, meaning) -> {
            if (!name.endsWith("_max")) {
                String shown = String.join(", ", labels.getOrDefault(name, new TreeSet<>()));
                rows.put(name, "| `" + name + "` | " + types.get(name) + " | " + shown + " | " + meaning + " |");
            }
        });
        return rows;
    }

    @Test
    void document_ofMetrics_isWhatANodeReports() throws IOException {
        String scraped = Await.answer(
                "both calls to be counted",
                PATIENCE,
                this::scrape,
                metrics -> metrics.contains("chordata_rpc_connections_ended_total")
                        && metrics.contains("chordata_s3_requests_total"));
        Map<String, String> reported = rows(scraped);
        List<String> documented = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `chordata_"))
                .toList();

        List<String> meanings = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            meanings.add(metric.help());
        }
        assertThat(reported.values().stream().map(row -> row.replaceAll(".*\\| (.*) \\|", "$1")))
                .as("a node reports what the catalogue has")
                .containsExactlyInAnyOrderElementsOf(meanings);
        assertThat(documented)
                .as("the rows should be:%n%s", String.join("\n", reported.values()))
                .containsExactlyElementsOf(reported.values());
    }
}
