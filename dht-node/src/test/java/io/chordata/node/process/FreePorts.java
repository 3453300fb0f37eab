package io.chordata.node.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ports at which nobody listens. They lie below those that the system gives to outgoing connections, so that none of
 * these takes one between the question and its use, or while a node that had it is down.
 */
public final class FreePorts {
    private static final int LOWEST = 12_000;
    private static final int SPAN = 20_000;

    /** Test processes that run side by side begin at different places. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 131 % SPAN));

    private FreePorts() {}

    /** One at the common loopback address. */
    public static int one() {
        return inARow("127.0.0.1", 1);
    }

    /** The lowest of {@code count} ports in a row at {@code host}, none of which this process was given before. */
    public static int inARow(String host, int count) {
        for (int tries = 0; tries < SPAN; tries++) {
            int first = NEXT.getAndAdd(count) % SPAN + LOWEST;
            if (IntStream.range(first, first + count).allMatch(port -> isFree(host, port))) {
                return first;
            }
        }
        throw new IllegalStateException("no " + count + " free ports in a row at " + host);
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
