package io.chordata.node.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    private static final int BLOCK = 256 << 10;
    private static final int PIECE = 128 << 10;
    private static final int EVENTS = 1_000_000;
    private static final BodyOptions OPTIONS = new BodyOptions(BLOCK, 3, 8 * BLOCK, PIECE, 2, 8 * PIECE);

    private final SimScheduler scheduler = new SimScheduler(12);
    private final SimRandom random = scheduler.random().fork();
    private final SimLoops loops = new SimLoops(scheduler, 2);
    private final FakeBlocks store = new FakeBlocks(loops);
    private final Bodies bodies = new Bodies(OPTIONS, Partitioning.DEFAULT, Blocks.of(store), loops, random);
    private final byte[] first = random.nextBytes(3 * BLOCK + 100);
    private final byte[] second = random.nextBytes(BLOCK / 2);
    private final BodyRef firstBody = stored(1, first);
    private final BodyRef secondBody = stored(2, second);

    /** Takes what comes. */
    private static final class Reader {
        final Buffer taken = Buffer.buffer();
        int pieces;
        int ends;

        @Nullable
        Throwable failure;

        Reader(BodyStream stream) {
            stream.exceptionHandler(cause -> failure = cause);
            stream.endHandler(end -> ends++);
            stream.handler(bytes -> {
                taken.appendBuffer(bytes);
                pieces++;
            });
        }
    }

    @Test
    void slices_ofAnyBodiesAndRanges_comeInOrder() {
        for (int round = 0; round < 100; round++) {
            List<BodySlice> slices = new ArrayList<>();
            Buffer expected = Buffer.buffer();
            for (int i = random.nextInt(5); i >= 0; i--) {
                boolean firstOne = random.chance(0.5);
                byte[] bytes = firstOne ? first : second;
                int from = random.nextInt(bytes.length + 1);
                int to = from + random.nextInt(bytes.length - from + 1);
                slices.add(new BodySlice(firstOne ? firstBody : secondBody, from, to - from));
                expected.appendBytes(Arrays.copyOfRange(bytes, from, to));
            }
            BodyStream stream = succeeded(bodies.read(slices));
            Reader reader = new Reader(stream);
            stream.resume();
            scheduler.runUntilIdle(EVENTS);
            assertThat(reader.taken).as("%s round=%d", scheduler, round).isEqualTo(expected);
            assertThat(reader.ends).isEqualTo(1);
            assertNothingHeld();
        }
    }

    @Test
    void reader_thatIsPaused_getsNothingAndReadsAheadWithinBounds() {
        BodyStream stream = succeeded(bodies.read(whole()));
        Reader reader = new Reader(stream);
        scheduler.runUntilIdle(EVENTS);
        assertThat(reader.pieces).isZero();
        assertThat(store.reads).isEqualTo(2);
        stream.fetch(1);
        scheduler.runUntilIdle(EVENTS);
        assertThat(reader.pieces).isEqualTo(1);
        stream.fetch(2);
        scheduler.runUntilIdle(EVENTS);
        assertThat(reader.pieces).isEqualTo(3);
        stream.resume().pause();
        scheduler.runUntilIdle(EVENTS);
        assertThat(reader.ends).isZero();
        stream.resume();
        scheduler.runUntilIdle(EVENTS);
        assertThat(reader.taken.getBytes()).isEqualTo(first);
        assertThat(reader.ends).isEqualTo(1);
    }

    @Test
    void reader_thatPausesInItsHandler_getsEachPieceOnce() {
        BodyStream stream = succeeded(bodies.read(whole()));
        Buffer taken = Buffer.buffer();
        stream.handler(bytes -> {
            taken.appendBuffer(bytes);
            stream.pause();
            loops.current().execute(stream::resume);
        });
        stream.resume();
        scheduler.runUntilIdle(EVENTS);
        assertThat(taken.getBytes()).isEqualTo(first);
        assertNothingHeld();
    }

    @Test
    void firstBytes_thatAreMissing_failTheFuture() {
        store.blocks.clear();
        Future<BodyStream> opened = bodies.read(whole());
        scheduler.runUntilIdle(EVENTS);
        assertThat(opened.cause()).isInstanceOf(BlockMissingException.class);
        assertNothingHeld();
    }

    /** The two reads of the beginning come back in either order. */
    @Test
    void firstBytes_thatCannotBeRead_failTheFutureWhateverCameBefore() {
        for (int round = 0; round < 50; round++) {
            int firstRead = store.reads;
            store.readFails = number -> number == firstRead;
            Future<BodyStream> read = bodies.read(whole());
            scheduler.runUntilIdle(EVENTS);
            assertThat(read.cause()).as("%s round=%d", scheduler, round).isSameAs(store.failure);
            assertNothingHeld();
        }
    }

    @Test
    void laterBytes_thatAreMissing_failTheStreamAfterThoseBefore() {
        store.blocks.remove(BlockRef.of(Partitioning.DEFAULT, firstBody.id(), 2));
        BodyStream stream = succeeded(bodies.read(whole()));
        Reader reader = new Reader(stream);
        stream.resume();
        scheduler.runUntilIdle(EVENTS);
        assertThat(reader.taken.getBytes()).isEqualTo(Arrays.copyOf(first, 2 * BLOCK));
        assertThat(reader.failure).isInstanceOf(BlockMissingException.class);
        assertThat(reader.ends).isZero();
        assertNothingHeld();
    }

    @Test
    void reader_thatGoesAway_getsNothingMoreAndHoldsNothing() {
        for (int steps = 0; steps < 40; steps++) {
            Future<BodyStream> opened = bodies.read(whole());
            scheduler.runUntil(opened::isComplete, EVENTS);
            BodyStream stream = opened.result();
            Reader reader = new Reader(stream);
            stream.resume();
            for (int i = 0; i < steps; i++) {
                scheduler.step();
            }
            int before = reader.pieces;
            if (random.chance(0.5)) {
                stream.close();
            } else {
                stream.handler(null);
            }
            int ends = reader.ends;
            stream.resume();
            scheduler.runUntilIdle(EVENTS);
            assertThat(reader.pieces).isEqualTo(before);
            assertThat(reader.ends).isEqualTo(ends);
            assertNothingHeld();
        }
    }

    @Test
    void readers_thatStopped_stayWithinTheBufferTogether() {
        List<Reader> stopped = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            bodies.read(whole()).onSuccess(stream -> {
                stopped.add(new Reader(stream));
                stream.fetch(1);
            });
        }
        scheduler.runUntilIdle(EVENTS);
        long taken = stopped.stream().mapToLong(reader -> reader.taken.length()).sum();
        assertThat(taken).isEqualTo(OPTIONS.readBufferBytes() - bodies.freeReadBytes());
        assertThat(bodies.freeReadBytes()).isLessThan(BodyOptions.SMALLEST_READ_BYTES);
        assertThat(stopped).allMatch(reader -> reader.pieces <= 1).hasSizeGreaterThan(8);
    }

    @Test
    void reader_thatWaitsForOthers_goesOnWhenOneOfThemGoes() {
        List<BodyStream> stopped = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            bodies.read(whole()).onSuccess(stream -> {
                stopped.add(stream);
                new Reader(stream);
                stream.fetch(1);
            });
        }
        scheduler.runUntilIdle(EVENTS);
        assertThat(stopped).hasSizeLessThan(50);
        for (int i = 0; i < 50; i++) {
            stopped.get(i).close();
            scheduler.runUntilIdle(EVENTS);
        }
        assertThat(stopped).hasSize(50);
        assertNothingHeld();
    }

    @Test
    void readAhead_forReadersThatStopped_isLeftToThoseThatWant() {
        List<BodyStream> streams = new ArrayList<>();
        List<Reader> stopped = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            BodyStream stream = succeeded(bodies.read(whole()));
            streams.add(stream);
            stopped.add(new Reader(stream));
            stream.fetch(1);
            scheduler.runUntilIdle(EVENTS);
        }
        BodyStream fast = succeeded(bodies.read(whole()));
        Reader reader = new Reader(fast);
        fast.resume();
        scheduler.runUntilIdle(EVENTS);
        assertThat(reader.taken.getBytes()).isEqualTo(first);
        streams.forEach(BodyStream::resume);
        scheduler.runUntilIdle(EVENTS);
        assertThat(stopped).allMatch(each -> Arrays.equals(each.taken.getBytes(), first));
        assertNothingHeld();
    }

    @Test
    void readers_thatStopAndGoOnAtRandom_getTheirBytesInOrder() {
        for (int round = 0; round < 30; round++) {
            List<BodyStream> streams = new ArrayList<>();
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                bodies.read(whole()).onSuccess(stream -> {
                    streams.add(stream);
                    readers.add(new Reader(stream));
                });
            }
            for (int i = 0; i < 500; i++) {
                scheduler.step();
                if (!streams.isEmpty() && random.chance(0.5)) {
                    streams.get(random.nextInt(streams.size())).fetch(random.nextInt(3));
                } else if (!streams.isEmpty()) {
                    streams.get(random.nextInt(streams.size())).pause();
                }
                assertThat(bodies.freeReadBytes()).isNotNegative();
            }
            streams.forEach(BodyStream::resume);
            while (scheduler.step()) {
                streams.forEach(BodyStream::resume);
            }
            assertThat(readers).as("%s round=%d", scheduler, round).hasSize(20);
            assertThat(readers).allMatch(each -> Arrays.equals(each.taken.getBytes(), first) && each.ends == 1);
            assertNothingHeld();
        }
    }

    private List<BodySlice> whole() {
        return List.of(new BodySlice(firstBody, 0, first.length));
    }

    private BodyRef stored(long id, byte[] bytes) {
        BodyRef body = new BodyRef(new BodyId(new Uint128(id, id)), bytes.length, BLOCK);
        for (int i = 0; i < body.blocks(); i++) {
            byte[] block = Arrays.copyOfRange(bytes, i * BLOCK, Math.min(bytes.length, (i + 1) * BLOCK));
            store.blocks.put(BlockRef.of(Partitioning.DEFAULT, body.id(), i), Buffer.buffer(block));
        }
        return body;
    }

    private <T> T succeeded(Future<T> future) {
        scheduler.runUntilIdle(EVENTS);
        assertThat(future.succeeded()).as("%s: %s", scheduler, future).isTrue();
        return future.result();
    }

    private void assertNothingHeld() {
        assertThat(bodies.freeReadBytes()).isEqualTo(OPTIONS.readBufferBytes());
    }
}
