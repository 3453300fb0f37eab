package io.chordata.node.object;

import io.chordata.node.block.Blocks;
import io.chordata.node.block.Bodies;
import io.chordata.node.block.BodyOptions;
import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.block.Digests;
import io.chordata.node.block.Payload;
import io.chordata.node.core.Partitioning;
import io.chordata.node.sim.SimBlockStore;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The object layer on simulated loops, clock and blocks, and words to use it with. */
final class SimObjects {
    private static final int MAX_EVENTS = 10_000_000;
    private static final SimRandom ANYTHING = new SimRandom(7);

    final SimScheduler scheduler;
    final SimLoops loops;
    final SimClock clock;
    final SimTimers timers;
    final SimBlockStore.Disk disk = new SimBlockStore.Disk();
    final SimBlockStore blocks;
    final Bodies bodies;
    final MemoryPartitions partitions;
    final ObjectOptions options;
    ObjectLayer layer;

    SimObjects(long seed) {
        this(seed, ObjectOptions.DEFAULT);
    }

    SimObjects(long seed, ObjectOptions options) {
        this.options = options;
        scheduler = new SimScheduler(seed);
        loops = new SimLoops(scheduler, 2);
        clock = new SimClock(scheduler);
        timers = new SimTimers(scheduler, loops);
        blocks = new SimBlockStore(loops, () -> io.chordata.node.core.SpaceGuard.Room.ALL, disk);
        BodyOptions bodyOptions = new BodyOptions(64 << 10, 4, 8 << 20, 64 << 10, 2, 8 << 20);
        bodies = new Bodies(
                bodyOptions,
                Partitioning.DEFAULT,
                Blocks.of(blocks),
                loops,
                scheduler.random().fork());
        partitions = new MemoryPartitions(scheduler, loops, clock, blocks);
        layer = newLayer();
    }

    /** The layer of another process, or of this one after a restart: nothing remembered. */
    ObjectLayer newLayer() {
        return new ObjectLayer(
                new ObjectLayer.Ports(
                        partitions,
                        bodies,
                        blocks,
                        clock,
                        timers,
                        loops,
                        scheduler.random().fork()),
                options);
    }

    /** Starts an operation on a loop. */
    <T> Future<T> start(Supplier<Future<T>> operation) {
        Promise<T> promise = Promise.promise();
        loops.current().execute(() -> operation.get().onComplete(promise));
        return promise.future();
    }

    /** Runs an operation to its end; its failure comes out here. */
    <T> T run(Supplier<Future<T>> operation) {
        return await(start(operation));
    }

    <T> T await(Future<T> future) {
        scheduler.runUntil(future::isComplete, MAX_EVENTS);
        if (future.failed()) {
            throw new AssertionError(future.cause());
        }
        return future.result();
    }

    /** Why an operation fails. */
    ObjectError refusalOf(Supplier<? extends Future<?>> operation) {
        Future<?> future = start(() -> operation.get().mapEmpty());
        scheduler.runUntil(future::isComplete, MAX_EVENTS);
        if (!(future.cause() instanceof ObjectException)) {
            throw new AssertionError("expected a refusal, got " + future, future.cause());
        }
        return ((ObjectException) future.cause()).error();
    }

    StoredObject put(String bucket, String key, String text) {
        return run(() -> startPut(bucket, key, bytes(text), WriteConditions.NONE));
    }

    Future<StoredObject> startPut(String bucket, String key, byte[] body, WriteConditions conditions) {
        return layer.objects()
                .put(
                        anew(),
                        new Objects.PutRequest(bucket, new ObjectKey(key), ObjectMetadata.EMPTY, conditions, null),
                        payload(body));
    }

    /** The object's bytes as text, null if there is no such key. */
    @Nullable
    String get(String bucket, String key) {
        byte[] body = getBytes(bucket, key);
        return body == null ? null : new String(body, StandardCharsets.UTF_8);
    }

    byte @Nullable [] getBytes(String bucket, String key) {
        Future<byte[]> read = start(() -> readAll(bucket, key));
        scheduler.runUntil(read::isComplete, MAX_EVENTS);
        if (read.cause() instanceof ObjectException
                && ((ObjectException) read.cause()).error() == ObjectError.NO_SUCH_KEY) {
            return null;
        }
        return await(read);
    }

    Future<byte[]> readAll(String bucket, String key) {
        return layer.objects()
                .open(bucket, new ObjectKey(key), 0, choice -> new ByteRange(0, choice.size()))
                .compose(SimObjects::bytesOf);
    }

    static Future<byte[]> bytesOf(OpenObject open) {
        if (open.stream() == null) {
            return Future.succeededFuture(
                    open.inline() == null ? new byte[0] : open.inline().getBytes());
        }
        Promise<byte[]> promise = Promise.promise();
        Buffer all = Buffer.buffer();
        open.stream().exceptionHandler(promise::tryFail);
        open.stream().endHandler(end -> promise.tryComplete(all.getBytes()));
        open.stream().handler(all::appendBuffer);
        open.stream().resume();
        return promise.future();
    }

    Listings.Page list(String bucket, String prefix, String delimiter, String startAfter, int max) {
        return run(() -> layer.listings().list(new Listings.Request(bucket, prefix, delimiter, startAfter, max)));
    }

    List<String> keys(String bucket) {
        return list(bucket, "", "", "", 1_000).objects().stream()
                .map(object -> object.key().text())
                .toList();
    }

    /** An invocation that is like no other. */
    static Invocation anew() {
        return Invocation.unnamed(ANYTHING);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A sender that keeps its promises and wants every checksum. */
    static Payload payload(byte[] body) {
        return new Payload() {
            @Override
            public ReadStream<Buffer> stream() {
                return new InlineStream(body.length == 0 ? null : Buffer.buffer(body));
            }

            @Override
            public long length() {
                return body.length;
            }

            @Override
            public Set<ChecksumAlgorithm> checksums() {
                return EnumSet.allOf(ChecksumAlgorithm.class);
            }

            @Override
            public void verify(Digests digests) {
                // keeps its promises
            }
        };
    }
}
