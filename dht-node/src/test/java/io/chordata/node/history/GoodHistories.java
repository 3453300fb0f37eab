package io.chordata.node.history;

import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Histories that are right, for sure: clients ask registers that do one thing at a time, and a random scheduler decides when
 * each request arrives, when its answer does, and whether. What was given up may still arrive long after.
 */
final class GoodHistories {
    private static final int REMEMBERED = 6;

    private final SimRandom random;
    private final Shape shape;
    private final History history;
    private final Map<String, Register> registers = new TreeMap<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<Request> late = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Version> recent = new ArrayList<>();
    private int asked;
    private int bodies;
    private long time;

    /**
     * @param unknown share of requests that get no answer
     * @param lateness how many steps, on average, until one of those without an answer arrives after all
     */
    record Shape(int clients, int operations, int keys, double unknown, double lateness, Mix mix) {}

    /** What is asked, by weight. */
    enum Mix {
        ALL(30, 10, 25, 5, 10, 6, 0.4),
        COPIES(30, 10, 20, 0, 12, 12, 0.4),
        PLAIN(50, 0, 40, 0, 10, 0, 0),
        MOSTLY_WRITES(10, 5, 60, 5, 10, 0, 0.2),
        FEW_DELETES(30, 10, 30, 5, 2, 0, 0.3);

        private final int[] weights;
        private final double conditional;

        Mix(int get, int head, int put, int complete, int delete, int copy, double conditional) {
            this.weights = new int[] {get, head, put, complete, delete, copy};
            this.conditional = conditional;
        }

        /** The number of a weight, drawn by it. */
        int draw(SimRandom random) {
            int rest = random.nextInt(Arrays.stream(weights).sum());
            int drawn = 0;
            while (rest >= weights[drawn]) {
                rest -= weights[drawn++];
            }
            return drawn;
        }
    }

    private final class Client {
        private final String name;
        private @Nullable Request request;

        Client(String name) {
            this.name = name;
        }
    }

    /** A request under way, and what it has come to. */
    private static final class Request {
        private final String key;
        private final Operation operation;
        private final History.Call call;
        private boolean hasRead;
        private @Nullable Outcome outcome;

        Request(String key, Operation operation, History.Call call) {
            this.key = key;
            this.operation = operation;
            this.call = call;
        }
    }

    GoodHistories(long seed, Shape shape) {
        this.random = new SimRandom(seed);
        this.shape = shape;
        this.history = new History(Integer.MAX_VALUE);
        for (int i = 0; i < shape.keys(); i++) {
            keys.add("key-" + i);
            registers.put("key-" + i, new Register(null));
        }
        for (int i = 0; i < shape.clients(); i++) {
            clients.add(new Client("c" + i));
        }
    }

    /** One history for each key. */
    static List<KeyHistory> of(long seed, Shape shape) {
        return new GoodHistories(seed, shape).run();
    }

    private List<KeyHistory> run() {
        while (asked < shape.operations() || clients.stream().anyMatch(client -> client.request != null)) {
            time++;
            step(clients.get(random.nextInt(clients.size())));
            if (!late.isEmpty() && random.chance(Math.min(1, late.size() / shape.lateness()))) {
                arrive(late.get(random.nextInt(late.size())));
            }
        }
        return history.keys().stream().map(history::retire).toList();
    }

    private void step(Client client) {
        Request request = client.request;
        if (request == null) {
            if (asked < shape.operations()) {
                client.request = ask(client.name);
            }
        } else if (request.outcome == null) {
            if (random.chance(shape.unknown() / 4)) {
                late.add(request);
                finish(client, request, Outcome.UNKNOWN);
            } else if (random.chance(0.02)) {
                finish(client, request, Outcome.REFUSED);
            } else {
                arrive(request);
            }
        } else {
            finish(client, request, random.chance(shape.unknown()) ? Outcome.UNKNOWN : request.outcome);
        }
    }

    private void finish(Client client, Request request, Outcome outcome) {
        request.call.end(time, outcome);
        client.request = null;
    }

    /** One step of the request at its register; a copy takes two. */
    private void arrive(Request request) {
        Operation operation = request.operation;
        Register register = register(request.key);
        request.outcome = switch (operation.kind()) {
            case GET -> register.get();
            case HEAD -> register.head();
            case PUT, COMPLETE -> register.write(operation.writes(), operation.condition());
            case DELETE -> register.write(null, operation.condition());
            case COPY -> copy(request, register);
            case COPY_SOURCE -> throw new IllegalArgumentException("nobody asks for half a copy");
        };
        if (request.outcome != null) {
            late.remove(request);
        }
    }

    private @Nullable Outcome copy(Request request, Register target) {
        if (request.hasRead) {
            return target.write(request.operation.writes(), Condition.NONE);
        }
        Outcome read = register(String.valueOf(request.operation.other())).copyFromHere(request.operation.condition());
        request.hasRead = read.equals(Outcome.DONE);
        return request.hasRead ? null : read;
    }

    private Register register(String key) {
        return registers.computeIfAbsent(key, unseen -> new Register(null));
    }

    private Request ask(String client) {
        asked++;
        String key = keys.get(random.nextInt(keys.size()));
        Operation operation = operation(key);
        return new Request(key, operation, history.invoke(time, client, key, operation));
    }

    private Operation operation(String key) {
        return switch (shape.mix().draw(random)) {
            case 0 -> Operation.get();
            case 1 -> Operation.head();
            case 2 -> Operation.put(remember(Version.plain(body())), condition(key));
            case 3 -> complete(key);
            case 4 -> Operation.delete(random.chance(0.5) ? Condition.NONE : condition(key));
            default -> copyTo(key);
        };
    }

    private Operation complete(String key) {
        String body = body();
        return Operation.complete(remember(new Version(body, body + "-2")), condition(key));
    }

    private Operation copyTo(String key) {
        String source = keys.get(random.nextInt(keys.size()));
        Version current = register(source).current();
        return current == null || source.equals(key) ? Operation.head() : Operation.copy(source, current);
    }

    private String body() {
        return "b" + bodies++;
    }

    private Version remember(Version version) {
        recent.add(version);
        if (recent.size() > REMEMBERED) {
            recent.remove(0);
        }
        return version;
    }

    private Condition condition(String key) {
        if (!random.chance(shape.mix().conditional)) {
            return Condition.NONE;
        }
        Version current = register(key).current();
        return switch (random.nextInt(5)) {
            case 0, 1 -> Condition.IF_NONE_MATCH;
            case 2 -> Condition.IF_MATCH_ANY;
            case 3 -> current == null ? Condition.NONE : Condition.ifMatch(current.eTag());
            default ->
                recent.isEmpty()
                        ? Condition.NONE
                        : Condition.ifMatch(
                                recent.get(random.nextInt(recent.size())).eTag());
        };
    }
}
