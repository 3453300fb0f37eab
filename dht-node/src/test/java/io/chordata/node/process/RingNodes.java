package io.chordata.node.process;

import io.chordata.node.process.ChordataProcess.Launch;
import io.chordata.node.process.ChordataProcess.Ports;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/** Nodes as processes that form one ring: the first founds it, the others have its first three as seeds. */
final class RingNodes implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(100);
    private static final int SEEDS = 3;
    /** Between looks at a ring that is not right yet: each is work for all nodes. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Asks a node's admin port; a network namespace has its own way. Throws where it does not answer 200. */
    interface Ask extends UnaryOperator<String> {}

    private final Path folder;
    private final List<Ports> ports;
    private final UnaryOperator<Launch> how;
    private final Ask ask;
    private final List<ChordataProcess> processes = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final long begunNanos;

    private RingNodes(Path folder, List<Ports> ports, UnaryOperator<Launch> how, Ask ask) {
        this.folder = folder;
        this.ask = ask;
        this.ports = ports;
        this.how = how;
        this.begunNanos = System.nanoTime();
    }

    /** Started at once; they may not be ready yet. */
    static RingNodes start(List<Ports> ports, UnaryOperator<Launch> how, Ask ask) throws IOException {
        RingNodes nodes = new RingNodes(Files.createTempDirectory(ChordataProcess.target(), "ring-"), ports, how, ask);
        try {
            nodes.beginAll();
            return nodes;
        } catch (RuntimeException | Error e) {
            nodes.close();
            throw e;
        }
    }

    private void beginAll() {
        for (int i = 0; i < ports.size(); i++) {
            processes.add(launch(i).begin());
        }
    }

    private Launch launch(int number) {
        return launch(number, data(number), ports.get(number));
    }

    private Path data(int number) {
        return folder.resolve("node-" + number);
    }

    /** That node, elsewhere. */
    Launch launch(int number, Path data, Ports at) {
        List<String> seeds = ports.subList(0, Math.min(SEEDS, ports.size())).stream()
                .map(Ports::internalAddress)
                .toList();
        List<String> arguments = new ArrayList<>(List.of("--name", "node-" + number));
        if (number == 0) {
            arguments.add("--init");
        } else {
            arguments.addAll(List.of("--seeds", String.join(",", seeds)));
        }
        return how.apply(Launch.node(data, at, arguments.toArray(String[]::new)));
    }

    int count() {
        return ports.size();
    }

    ChordataProcess process(int number) {
        return processes.get(number);
    }

    /** Known once the ring was whole. */
    String id(int number) {
        return ids.get(number);
    }

    Set<String> ids(Collection<Integer> numbers) {
        Set<String> some = new TreeSet<>();
        numbers.forEach(number -> some.add(ids.get(number)));
        return some;
    }

    double secondsSinceStart() {
        return secondsSince(begunNanos);
    }

    static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** Waits until all are one ring that each of them shows; from then on their ids are known. */
    void awaitWhole() {
        for (int number = 0; number < count(); number++) {
            int of = number;
            Await.answer(
                    count() + " nodes at " + url(of, "/v1/nodes") + logs(),
                    DEADLINE,
                    () -> get(of, "/v1/nodes"),
                    nodes -> !nodes.isEmpty() && new JsonArray(nodes).size() == count());
        }
        learnIds();
        awaitOneRing(IntStream.range(0, count()).boxed().toList());
    }

    /** By the names, once a node knows them all. */
    private void learnIds() {
        JsonArray nodes = new JsonArray(get(0, "/v1/nodes"));
        ids.clear();
        for (int i = 0; i < count(); i++) {
            String name = "node-" + i;
            ids.add(nodes.stream()
                    .map(JsonObject.class::cast)
                    .filter(node -> name.equals(node.getString("name")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionFailedError(name + " is not among " + nodes))
                    .getString("id"));
        }
    }

    /** Each node that one of these does not take for alive, and who that is. */
    List<String> doubts(Collection<Integer> numbers) {
        List<String> doubts = new ArrayList<>();
        for (int number : numbers) {
            JsonArray known = new JsonArray(get(number, "/v1/nodes"));
            known.stream()
                    .map(JsonObject.class::cast)
                    .filter(node -> !"alive".equals(node.getString("state")))
                    .forEach(node -> doubts.add(
                            "node-" + number + " has " + node.getString("name") + " as " + node.getString("state")));
        }
        return doubts;
    }

    private String get(int number, String path) {
        return ask.apply(url(number, path));
    }

    /** Empty where it does not answer. */
    RingPicture ring(int of) {
        try {
            return RingPicture.parse(get(of, "/v1/ring"));
        } catch (IllegalStateException notAnswered) {
            return RingPicture.parse("{}");
        }
    }

    String url(int number, String path) {
        return processes.get(number).admin() + path;
    }

    /** Waits until each of these shows one ring of exactly these: that ring. */
    RingPicture awaitOneRing(Collection<Integer> numbers) {
        List<String> last = new ArrayList<>();
        AtomicReference<RingPicture> shown = new AtomicReference<>();
        try {
            Await.until("one ring of " + numbers, DEADLINE, () -> {
                last.clear();
                for (int number : numbers) {
                    RingPicture picture = ring(number).of(ids(numbers));
                    shown.set(picture);
                    last.addAll(picture.flaws(ids(numbers)));
                    if (!last.isEmpty()) {
                        Await.pass(PAUSE);
                        return false;
                    }
                }
                return true;
            });
            return Objects.requireNonNull(shown.get());
        } catch (AssertionFailedError e) {
            throw new AssertionFailedError(
                    e.getMessage() + ": " + last.subList(0, Math.min(5, last.size())) + logs(), e);
        }
    }

    /** Of a node that does not run. */
    Path copyData(int number) throws IOException {
        Path copy = folder.resolve("copy-of-node-" + number);
        try (Stream<Path> files = Files.walk(data(number))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(data(number).relativize(file).toString()));
            }
        }
        return copy;
    }

    void restart(int number) {
        processes.set(number, launch(number).begin());
    }

    /** Three or so of them, chosen anew each time, in the order of their numbers. */
    List<Integer> choose(int howMany, Random random) {
        Set<Integer> chosen = new TreeSet<>();
        while (chosen.size() < howMany) {
            chosen.add(random.nextInt(count()));
        }
        return List.copyOf(chosen);
    }

    String logs() {
        StringBuilder text = new StringBuilder();
        for (ChordataProcess process : processes) {
            text.append("\n").append(process.log());
        }
        return text.toString();
    }

    @Override
    public void close() {
        processes.forEach(ChordataProcess::kill);
        if (Files.exists(folder)) {
            ChordataServer.deleteTree(folder);
        }
    }
}
