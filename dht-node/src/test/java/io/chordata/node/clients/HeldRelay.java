package io.chordata.node.clients;

import io.chordata.node.process.Await;
import io.chordata.node.process.TcpRelay;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * A way to a port on loopback that takes so many bytes in one direction and then holds what comes, so that whoever sends or
 * fetches more is in the middle of it for as long as a test wants. A client that asks for the way to the nodes is cut off, as
 * it would go past here.
 */
final class HeldRelay implements AutoCloseable {
    private static final int PIECE_BYTES = 16 << 10;
    private static final byte[] QUESTION = "GET /?chordata-routing".getBytes(StandardCharsets.ISO_8859_1);
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private final Counted up = new Counted();
    private final Counted down = new Counted();
    private final TcpRelay relay;

    /** One direction. */
    static final class Counted {
        private long passed;
        private long most = Long.MAX_VALUE;

        /** Holds what comes behind so many bytes more; counts from nothing. */
        synchronized void holdBehind(long bytes) {
            passed = 0;
            most = bytes;
        }

        /** Whatever is held goes on; counts from nothing. */
        synchronized void letGo() {
            passed = 0;
            most = Long.MAX_VALUE;
            notifyAll();
        }

        synchronized long passed() {
            return passed;
        }

        private synchronized boolean isHolding() {
            return passed >= most;
        }

        private synchronized void pass(int count) throws InterruptedException {
            while (passed >= most) {
                wait();
            }
            passed += count;
        }

        void awaitHolding() {
            Await.until("so many bytes", DEADLINE, this::isHolding);
        }
    }

    HeldRelay(int target) {
        relay = new TcpRelay((in, out) -> copy(in, out, up), (in, out) -> copy(in, out, down), target);
    }

    String endpoint() {
        return "http://" + relay.address();
    }

    /** From the client. */
    Counted up() {
        return up;
    }

    /** To the client. */
    Counted down() {
        return down;
    }

    private static void copy(InputStream in, OutputStream out, Counted counted) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        try {
            for (int count = in.read(piece); count >= 0 && !isQuestion(piece, count); count = in.read(piece)) {
                counted.pass(count);
                out.write(piece, 0, count);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isQuestion(byte[] piece, int count) {
        return count >= QUESTION.length && Arrays.equals(piece, 0, QUESTION.length, QUESTION, 0, QUESTION.length);
    }

    @Override
    public void close() {
        up.letGo();
        down.letGo();
        relay.close();
    }
}
