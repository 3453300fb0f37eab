package io.chordata.node.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An address that is not the one bound, as behind a router: passes every connection on to a port on loopback, of several in
 * turn.
 */
public final class TcpRelay implements AutoCloseable {
    private final ServerSocket server;
    private final int[] targets;
    private final Way up;
    private final Way down;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    /** One direction of a connection. */
    @FunctionalInterface
    public interface Way {
        /** Passes on what comes until it ends; returns to cut the connection. */
        void pass(InputStream in, OutputStream out) throws IOException;
    }

    TcpRelay(int... targets) {
        this(InputStream::transferTo, InputStream::transferTo, targets);
    }

    /**
     * @param up what clients send
     * @param down what they are answered
     */
    public TcpRelay(Way up, Way down, int... targets) {
        this.up = up;
        this.down = down;
        this.targets = targets.clone();
        try {
            server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inBackground(this::accept);
    }

    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** That came in. */
    int connections() {
        return connections.get();
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                pass(server.accept());
            }
        } catch (IOException closed) {
            // the test is over, or cuts the way
        }
    }

    /** Where nobody listens, the connection ends. */
    private void pass(Socket from) throws IOException {
        open.add(from);
        try {
            int target = targets[connections.getAndIncrement() % targets.length];
            Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(to);
            inBackground(() -> copy(from, to, up));
            inBackground(() -> copy(to, from, down));
        } catch (IOException refused) {
            from.close();
        }
    }

    private static void copy(Socket from, Socket to, Way way) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            way.pass(in, out);
        } catch (IOException ended) {
            // by one of the two; the other is told by the end of its connection
        }
    }

    /** Nothing comes through any more. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
