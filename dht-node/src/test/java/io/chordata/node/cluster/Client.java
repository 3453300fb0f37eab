package io.chordata.node.cluster;

import io.chordata.node.history.ListingOracle;
import io.chordata.node.history.Operation;
import io.chordata.node.history.Outcome;
import io.chordata.node.history.Version;
import io.chordata.node.object.Invocation;
import io.chordata.node.object.Listings;
import io.chordata.node.object.ObjectError;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** One client: one operation after the other, each tried again as SDKs do, all told to the oracles. */
final class Client {
    static final int ATTEMPTS = 4;
    private static final int PAGES_MAX = 12;

    final String name;
    final SimRandom random;
    private final ClusterLoad load;
    private final Oracles oracles;
    private final Map<String, Version> lastSeen = new LinkedHashMap<>();
    private boolean idle;

    Client(ClusterLoad load, String name, SimRandom random) {
        this.load = load;
        this.oracles = load.oracles;
        this.name = name;
        this.random = random;
    }

    boolean isIdle() {
        return idle;
    }

    /** Thinks, then does something. */
    void next() {
        idle = load.isOver();
        if (idle) {
            return;
        }
        load.cluster.scheduler.afterMillis(random.nextLong(0, load.thinkMillisMax()), this::act);
    }

    private void act() {
        String key = ClusterLoad.key(random);
        if (!oracles.hasRoom(key)) {
            next();
            return;
        }
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> put(key);
            case 5, 6 -> delete(key);
            case 7, 8, 9, 10 -> get(key, ATTEMPTS);
            case 11 -> getRange(key, ATTEMPTS);
            case 12, 13 -> head(key, ATTEMPTS);
            case 14, 15 -> copy(key);
            case 16, 17 -> new UploadSession(this, load, key).begin();
            default -> list();
        }
    }

    <T> void ask(Function<ObjectLayer, Future<T>> operation, Consumer<Reply<T>> then) {
        load.ask(random, operation, then);
    }

    /** Tries again in a while if there is reason to, else goes on with something else. */
    void retryOrGoOn(Reply<?> reply, String key, int left, Runnable again) {
        if (reply.isWorthRetrying() && left > 0 && mayGoOn(key)) {
            pauseThen(again);
        } else {
            next();
        }
    }

    /** Mostly one that may hold. */
    Guard guard(String key, double chance) {
        if (!random.chance(chance)) {
            return Guard.NONE;
        }
        Version seen = lastSeen.get(key);
        return switch (random.nextInt(4)) {
            case 0 -> Guard.IF_MATCH_ANY;
            case 1 -> Guard.IF_NONE_MATCH;
            default -> seen == null ? Guard.IF_NONE_MATCH : Guard.ifMatch(seen.eTag());
        };
    }

    private void put(String key) {
        byte[] body = load.newBody(random);
        Version version = Version.plain(Body.md5(body));
        Guard guard = guard(key, 0.4);
        new Write<>(
                        this,
                        key,
                        () -> oracles.put(name, key, Operation.put(version, guard.condition()), version, body),
                        invocation -> Requests.put(invocation, key, body, guard.conditions()),
                        reply -> written(key, reply, version))
                .begin();
    }

    private void delete(String key) {
        Guard wanted = guard(key, 0.3);
        Guard guard = wanted == Guard.IF_NONE_MATCH ? Guard.NONE : wanted;
        new Write<>(
                        this,
                        key,
                        () -> oracles.delete(name, key, Operation.delete(guard.condition())),
                        invocation -> Requests.delete(invocation, key, guard.conditions()),
                        reply -> deleted(key, reply))
                .begin();
    }

    private Outcome deleted(String key, Reply<Void> reply) {
        // A bucket that is not wholly created yet has nothing to delete, and its creation may find no room.
        if (reply.is(ObjectError.DISK_FULL) && lastSeen.containsKey(key)) {
            load.cluster.violated("a full disk kept " + name + " from deleting " + key, null);
        }
        return outcome(key, reply);
    }

    private void copy(String key) {
        List<String> sources =
                lastSeen.keySet().stream().filter(source -> !source.equals(key)).toList();
        if (sources.isEmpty()) {
            next();
            return;
        }
        String source = sources.get(random.nextInt(sources.size()));
        Version version = Objects.requireNonNull(lastSeen.get(source));
        Version copied = Version.plain(version.body());
        if (oracles.hasRoom(source)) {
            new Write<>(
                            this,
                            key,
                            () -> oracles.put(
                                    name, key, Operation.copy(source, version), copied, oracles.bodyOf(version.eTag())),
                            invocation -> Requests.copy(invocation, source, version.eTag(), key),
                            reply -> written(key, reply, copied))
                    .beginUnnamed();
        } else {
            next();
        }
    }

    Invocation unnamed() {
        return Invocation.unnamed(random);
    }

    boolean mayGoOn(String key) {
        return oracles.hasRoom(key) && !load.isOver();
    }

    void pauseThen(Runnable task) {
        load.cluster.scheduler.afterMillis(20 + random.nextInt(600), task);
    }

    /** What a write came to, which says which version it wrote. */
    Outcome written(String key, Reply<String> reply, Version version) {
        if (reply.isSuccess()) {
            if (!version.eTag().equals(reply.value())) {
                load.cluster.violated(key + " was written as " + version + " and answered as " + reply.value(), null);
            }
            lastSeen.put(key, version);
        }
        return outcome(key, reply);
    }

    private Outcome outcome(String key, Reply<?> reply) {
        if (reply.isInDoubt()) {
            return Outcome.UNKNOWN;
        }
        ObjectError error = reply.error();
        if (error == null) {
            return Outcome.DONE;
        }
        return switch (error) {
            case PRECONDITION_FAILED -> Outcome.CONDITION_FAILED;
            case NO_SUCH_KEY -> Outcome.MISSING;
            case UNAVAILABLE, TOO_BUSY, DISK_FULL, BUCKET_BUSY, BODY_TOO_OLD, UNREADABLE -> Outcome.REFUSED;
            default -> wrong(key, error);
        };
    }

    /** There is a bucket, and nothing was asked that could be refused like that. */
    Outcome wrong(String key, ObjectError error) {
        load.cluster.violated(name + " was told " + error + " of " + key, null);
        return Outcome.UNKNOWN;
    }

    private void get(String key, int left) {
        Oracles.Call call = oracles.read(name, key, Operation.get());
        ask(Requests.get(key), reply -> {
            call.end(read(key, reply, seen -> Outcome.seen(whole(key, seen))));
            retryOrGoOn(reply, key, left, () -> get(key, left - 1));
        });
    }

    private Version whole(String key, Requests.Seen seen) {
        Version version = new Version(Body.md5(seen.bytes()), seen.eTag());
        if (seen.bytes().length != seen.size()) {
            load.cluster.violated(key + " has " + seen.size() + " bytes, sent were " + seen.bytes().length, null);
        }
        lastSeen.put(key, version);
        return version;
    }

    private void getRange(String key, int left) {
        double from = random.nextInt(100) / 100.0;
        double to = from + (1 - from) * random.nextInt(100) / 100.0;
        Oracles.Call call = oracles.read(name, key, Operation.get());
        ask(Requests.getRange(key, from, to), reply -> {
            call.end(read(key, reply, seen -> part(key, seen)));
            retryOrGoOn(reply, key, left, () -> getRange(key, left - 1));
        });
    }

    private void head(String key, int left) {
        Oracles.Call call = oracles.read(name, key, Operation.head());
        ask(Requests.head(key), reply -> {
            call.end(read(key, reply, seen -> part(key, seen)));
            retryOrGoOn(reply, key, left, () -> head(key, left - 1));
        });
    }

    private Outcome part(String key, Requests.Seen seen) {
        if (oracles.sizeOf(seen.eTag()) != seen.size() || !oracles.isPartOf(seen.eTag(), seen.bytes(), seen.offset())) {
            load.cluster.violated(
                    seen.bytes().length + " bytes at " + seen.offset() + " of " + key + " are not those of its version "
                            + seen.eTag(),
                    null);
        }
        return Outcome.seenETag(seen.eTag());
    }

    private Outcome read(String key, Reply<Requests.Seen> reply, Function<Requests.Seen, Outcome> seen) {
        if (reply.value() != null) {
            return seen.apply(reply.value());
        }
        ObjectError error = reply.error();
        if (error == ObjectError.NO_SUCH_KEY) {
            return Outcome.MISSING;
        }
        return reply.isWorthRetrying() || error == null ? Outcome.UNKNOWN : wrong(key, error);
    }

    private void list() {
        String[] prefixes = {"", "hot/", "cold/", "cold/" + random.nextInt(6) + "/", "none/"};
        String prefix = prefixes[random.nextInt(prefixes.length)];
        String delimiter = random.chance(0.5) ? "/" : "";
        String after = random.chance(0.2) ? ClusterLoad.key(random) : "";
        page(oracles.listing.walk(prefix, delimiter, after), new Listings.Request("", prefix, delimiter, after, 0), 0);
    }

    private void page(ListingOracle.Walk walk, Listings.Request from, int pages) {
        ListingOracle.Page page = walk.ask();
        int max = 1 + random.nextInt(40);
        ask(Requests.list(from.prefix(), from.delimiter(), from.startAfter(), max), reply -> {
            Listings.Page answer = reply.value();
            if (answer == null) {
                page.failed();
                next();
                return;
            }
            check(page, answer);
            if (walk.isOver() || pages == PAGES_MAX || load.isOver()) {
                next();
            } else {
                page(walk, new Listings.Request("", from.prefix(), from.delimiter(), answer.next(), 0), pages + 1);
            }
        });
    }

    private void check(ListingOracle.Page page, Listings.Page answer) {
        List<String> keys =
                answer.objects().stream().map(object -> object.key().text()).toList();
        load.cluster.scheduler.trace(keys.hashCode());
        load.onPage();
        List<String> complaints = page.answer(keys, answer.commonPrefixes(), answer.truncated());
        if (!complaints.isEmpty()) {
            load.cluster.violated(name + " listed " + answer + ": " + complaints, null);
        }
    }
}
