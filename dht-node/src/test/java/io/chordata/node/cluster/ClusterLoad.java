package io.chordata.node.cluster;

import io.chordata.node.object.ObjectLayer;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Clients that use few hot keys and many cold ones, each through any node. */
final class ClusterLoad {
    private static final int HOT_KEYS = 4;
    private static final int COLD_KEYS = 60;
    private static final int BODY_BYTES_MIN = 16;

    final Cluster cluster;
    final Oracles oracles;
    final int inlineBytes;
    private final long thinkMillisMax;
    private final List<Client> clients = new ArrayList<>();
    private long lastBody;
    private long pages;
    private boolean over;

    /** @param inlineBytes the largest body that is kept in its record; some bodies are just as large */
    ClusterLoad(Cluster cluster, Oracles oracles, SimRandom random, int inlineBytes) {
        this.cluster = cluster;
        this.oracles = oracles;
        this.inlineBytes = inlineBytes;
        this.thinkMillisMax = 20 + random.nextInt(120);
        int count = 4 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            clients.add(new Client(this, "c" + i, random.fork()));
        }
    }

    void begin() {
        over = false;
        clients.forEach(Client::next);
    }

    /** Clients end what they are at. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    boolean isIdle() {
        return clients.stream().allMatch(Client::isIdle);
    }

    void onPage() {
        pages++;
    }

    /** Of listings. */
    long pages() {
        return pages;
    }

    long thinkMillisMax() {
        return thinkMillisMax;
    }

    <T> void ask(SimRandom random, Function<ObjectLayer, Future<T>> operation, Consumer<Reply<T>> then) {
        List<Machine> all = cluster.present();
        Machine machine = all.get(random.nextInt(all.size()));
        long timeoutMillis = random.chance(0.03) ? 1 + random.nextInt(30) : 2_000 + random.nextInt(10_000);
        cluster.request(machine, timeoutMillis, operation, then);
    }

    static String key(SimRandom random) {
        return random.chance(0.5)
                ? "hot/" + random.nextInt(HOT_KEYS)
                : "cold/" + random.nextInt(6) + "/" + random.nextInt(COLD_KEYS / 6);
    }

    /** No two bodies are the same. */
    byte[] newBody(SimRandom random) {
        int[] sizes = {BODY_BYTES_MIN, 100, inlineBytes, inlineBytes + 1, 4_096, 9_000, 30_000};
        byte[] body = new byte[sizes[random.nextInt(sizes.length)]];
        long mark = ++lastBody;
        long fill = random.nextLong();
        for (int i = 0; i < body.length; i++) {
            body[i] = i < Long.BYTES ? (byte) (mark >>> 8 * i) : (byte) (fill >>> (i & 63) ^ i >>> 6);
        }
        return body;
    }
}
