package io.chordata.node.rpc;

import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.rpc.Handshake.Session;
import io.chordata.node.rpc.Handshake.Step;
import io.chordata.node.rpc.RpcProtos.Envelope;
import io.chordata.node.runtime.SecureRandomSource;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection, on a plain socket and as hostile as a test wants it. Keeps every byte that it sent, so that
 * a conversation can be replayed.
 */
final class RawPeer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final FrameReader frames = new FrameReader();
    private @Nullable Session session;

    private RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    static RawPeer connect(TestNode node) {
        return connect(node.address());
    }

    private static RawPeer connect(NodeAddress address) {
        try {
            return new RawPeer(new Socket(address.host(), address.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects and proves itself as a node of the cluster. */
    static RawPeer proved(TestNode node, int number) {
        return proved(node.address(), self(number), TestNode.SECRET);
    }

    static RawPeer proved(NodeAddress to, RpcNode self, ClusterSecret secret) {
        RawPeer peer = connect(to);
        peer.shakeHands(Handshake.dialing(self, secret, null, new SecureRandomSource()));
        return peer;
    }

    /** Waits for a node that dials. */
    static RawPeer accepted(ServerSocket server) {
        try {
            return new RawPeer(server.accept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawPeer acceptedAndProved(ServerSocket server, int number) {
        RawPeer peer = accepted(server);
        peer.shakeHands(Handshake.listening(self(number), TestNode.SECRET, new SecureRandomSource()));
        return peer;
    }

    static RpcNode self(int number) {
        return new RpcNode(TestNode.CLUSTER, TestNode.id(number), new SecureRandomSource().nextUint128());
    }

    static Handshake stranger(RpcNode self, ClusterSecret secret) {
        return Handshake.dialing(self, secret, null, new SecureRandomSource());
    }

    /** Runs the handshake as far as the other side goes along. */
    void shakeHands(Handshake handshake) {
        send(handshake.opening());
        while (session == null) {
            byte[] message = receive(handshake.expectedBytes());
            if (message.length == 0) {
                return;
            }
            Step step = handshake.on(message);
            send(step.reply());
            session = step.session();
            if (step.refusal() != null) {
                return;
            }
        }
    }

    void send(byte[] bytes) {
        try {
            sent.writeBytes(bytes);
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            // the other side has closed already, which is for the test to see
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Frames as one record, not sent yet. */
    byte[] sealed(Envelope... frames) {
        byte[] plain = new byte[List.of(frames).stream().mapToInt(Frames::size).sum()];
        int end = 0;
        for (Envelope frame : frames) {
            end = Frames.write(frame, plain, end);
        }
        return sealedBytes(plain);
    }

    byte[] sealedBytes(byte[] plain) {
        byte[] record = new byte[RecordKey.sealedBytes(plain.length)];
        session().outgoing().seal(plain, 0, plain.length, record, 0);
        return record;
    }

    void write(Envelope... frames) {
        send(sealed(frames));
    }

    /** The frames that the next records complete, at least one. */
    List<Envelope> read() {
        List<Envelope> frames = List.of();
        while (frames.isEmpty()) {
            frames = readRecord();
        }
        return frames;
    }

    private List<Envelope> readRecord() {
        try {
            byte[] record = new byte[in.readInt()];
            in.readFully(record);
            frames.add(session().incoming().open(record, 0, record.length));
            List<Envelope> read = new ArrayList<>();
            for (Envelope frame = frames.next(); frame != null; frame = frames.next()) {
                read.add(frame);
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a record that does not open", e);
        }
    }

    /** So many bytes, or none where the other side ended the connection before. */
    byte[] receive(int length) {
        byte[] bytes = new byte[length];
        try {
            in.readFully(bytes);
            return bytes;
        } catch (EOFException | SocketException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much the other side has said that was not read yet. */
    int unreadBytes() {
        try {
            return in.available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the other side has ended the connection; what it says before is skipped. */
    void awaitEnd() {
        try {
            in.skipNBytes(Long.MAX_VALUE);
        } catch (EOFException | SocketException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Session session() {
        return Objects.requireNonNull(session, "not proved");
    }

    byte[] sent() {
        return sent.toByteArray();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
