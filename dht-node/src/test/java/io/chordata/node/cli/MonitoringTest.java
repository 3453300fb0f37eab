package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.SettingsLoader;
import io.chordata.node.process.FreePorts;
import io.chordata.node.rpc.RpcTlsOptions;
import io.chordata.node.rpc.TestCertificates;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alert rules and the dashboard of {@code k8s/} ask for what a node really reports. */
class MonitoringTest {
    private static final Path MONITORING = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .resolveSibling("k8s")
            .resolve("components/monitoring");
    private static final String SECRET_KEY = "0123456789abcdef";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern SELECTED = Pattern.compile("(" + NAME + ")\\{([^}]*)}");
    private static final Pattern SELECTOR = Pattern.compile("\\{[^}]*}");
    private static final Pattern GROUPED = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");
    private static final Pattern FUNCTION = Pattern.compile(NAME + "\\s*\\(");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]|\\boffset\\s+[0-9a-z]+");
    /** As they stand between series; as functions do, they may be followed by a parenthesis. */
    private static final Pattern OPERATOR = Pattern.compile("\\b(and|or|unless)\\b");

    /** What Prometheus itself adds. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("pod", "job", "instance", "namespace");

    @TempDir
    private Path data;

    @TempDir
    private Path certificates;

    @Test
    void names_inRulesAndDashboard_areReportedByANode() throws IOException, InterruptedException {
        Map<String, Set<String>> reported = reported();
        List<String> expressions = new ArrayList<>(expressions("alerts.yaml"));
        expressions.addAll(expressions("dashboard.json"));

        assertThat(expressions).hasSizeGreaterThan(30);
        assertThat(expressions).allSatisfy(expression -> {
            assertThat(reported.keySet()).containsAll(names(expression));
            labels(expression)
                    .forEach((name, labels) -> assertThat(reported.get(name)).containsAll(labels));
        });
        assertThat(expressions)
                .allSatisfy(expression ->
                        assertThat(union(reported, names(expression))).containsAll(groups(expression)));
    }

    @Test
    void panels_ofEachCluster_showThatClusterAlone() throws IOException {
        assertThat(expressions("dashboard.json"))
                .allSatisfy(expression -> assertThat(expression.replaceAll("\\{namespace=\"\\$namespace\"[^}]*}", "@"))
                        .doesNotContainPattern("\\b(chordata|jvm|process)_[a-z0-9_]+(?![a-z0-9_@])"));
    }

    @Test
    void alerts_eachOfThem_sayHowBadItIsAndWhatItMeans() throws IOException {
        List<?> groups = (List<?>) at(load("alerts.yaml"), "spec", "groups");
        for (Object alert : (List<?>) at(groups.get(0), "rules")) {
            assertThat(at(alert, "labels", "severity")).isIn("warning", "critical");
            assertThat(((Map<?, ?>) at(alert, "annotations")).keySet().toString())
                    .isEqualTo("[summary, description]");
        }
    }

    private static Object at(Object value, String... path) {
        Object part = value;
        for (String name : path) {
            part = Objects.requireNonNull(((Map<?, ?>) part).get(name), name);
        }
        return part;
    }

    /** YAML, of which JSON is a part. */
    private static Object load(String file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(MONITORING.resolve(file)));
    }

    private static List<String> expressions(String file) throws IOException {
        List<String> found = new ArrayList<>();
        collect(load(file), found);
        return found;
    }

    private static void collect(Object value, List<String> found) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> {
                if (key.equals("expr")) {
                    found.add(part.toString());
                }
                collect(part, found);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(part -> collect(part, found));
        }
    }

    /** Whatever stands for a series: not in quotes, braces, ranges or groupings, and no operator or function. */
    private static Set<String> names(String expression) {
        String bare = expression;
        for (Pattern other : List.of(SELECTOR, RANGE, GROUPED, OPERATOR)) {
            bare = other.matcher(bare).replaceAll(" ");
        }
        return found(FUNCTION.matcher(bare).replaceAll("("));
    }

    private static Map<String, Set<String>> labels(String expression) {
        Map<String, Set<String>> labels = new TreeMap<>();
        Matcher selected = SELECTED.matcher(expression);
        while (selected.find()) {
            labels.put(selected.group(1), found(selected.group(2).replaceAll("\"[^\"]*\"", "")));
        }
        return labels;
    }

    private static Set<String> groups(String expression) {
        Set<String> groups = new TreeSet<>();
        Matcher grouped = GROUPED.matcher(expression);
        while (grouped.find()) {
            groups.addAll(found(grouped.group(1)));
        }
        return groups;
    }

    private static Set<String> found(String text) {
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(text);
        while (name.find()) {
            names.add(name.group());
        }
        return names;
    }

    private static Set<String> union(Map<String, Set<String>> reported, Set<String> names) {
        Set<String> labels = new TreeSet<>();
        names.forEach(name -> labels.addAll(reported.get(name)));
        return labels;
    }

    /** Names of series, each with the labels that some of its samples have, as a node shows them that has answered S3. */
    private Map<String, Set<String>> reported() throws IOException, InterruptedException {
        RpcTlsOptions tls = new TestCertificates(certificates).issue("node");
        NodeRuntime node = NodeRuntime.start(
                NodeConfig.of(
                        SettingsLoader.load(
                                Map.of(),
                                Map.of(
                                        "CHORDATA_S3",
                                        "127.0.0.1:0",
                                        "CHORDATA_ADMIN",
                                        "127.0.0.1:0",
                                        "CHORDATA_INTERNAL",
                                        "127.0.0.1:" + FreePorts.one(),
                                        "CHORDATA_INTERNAL_CERTIFICATE",
                                        tls.certificatePath(),
                                        "CHORDATA_INTERNAL_KEY",
                                        tls.keyPath(),
                                        "CHORDATA_INTERNAL_AUTHORITY",
                                        tls.authorityPath(),
                                        "CHORDATA_EVENT_LOOPS",
                                        "2",
                                        "CHORDATA_CLUSTER_SECRET",
                                        "a secret of nodes that are in a test only")),
                        data,
                        true,
                        new RootCredentials("root", SECRET_KEY)),
                new Lifecycle());
        try {
            HttpClient http = HttpClient.newHttpClient();
            makeBucket(http, node);
            HttpRequest ask = HttpRequest.newBuilder(URI.create("http://" + node.admin() + "/metrics"))
                    .build();
            return series(http.send(ask, BodyHandlers.ofString()).body());
        } finally {
            node.stop();
        }
    }

    private static void makeBucket(HttpClient http, NodeRuntime node) throws IOException, InterruptedException {
        String authority = node.s3().toString();
        String query = new RequestSigner("root", SECRET_KEY, "us-east-1", "s3")
                .presign(
                        "PUT",
                        "/bucket",
                        "",
                        MultiMap.caseInsensitiveMultiMap().set("Host", authority),
                        600,
                        System.currentTimeMillis());
        HttpRequest put = HttpRequest.newBuilder(URI.create("http://" + authority + "/bucket?" + query))
                .PUT(BodyPublishers.noBody())
                .build();
        assertThat(http.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private static Map<String, Set<String>> series(String metrics) {
        Map<String, Set<String>> series = new TreeMap<>(Map.of("up", OF_THE_SCRAPE));
        metrics.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher name = NAME.matcher(line);
            if (name.lookingAt()) {
                Set<String> labels = series.computeIfAbsent(name.group(), any -> new TreeSet<>(OF_THE_SCRAPE));
                labels(line).values().forEach(labels::addAll);
            }
        });
        return series;
    }
}
