package io.chordata.node.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The names of pods, by UDP at port 53: addresses (A) alone; what it does not know is no name. */
final class ClusterDns implements AutoCloseable {
    private static final int PORT = 53;
    private static final int PACKET_MAX = 512;
    private static final int HEADER = 12;
    private static final short TYPE_A = 1;
    private static final short CLASS_IN = 1;
    private static final int TTL_SECONDS = 5;
    /** A response that repeats the wish for recursion and grants it. */
    private static final int RESPONSE = 0x8180;

    private static final int NO_SUCH_NAME = 3;
    private static final int NAME_OF_THE_QUESTION = 0xc00c;

    private final DatagramSocket socket;
    private final Map<String, List<String>> names = new ConcurrentHashMap<>();
    private final Map<String, String> wrong = new ConcurrentHashMap<>();
    private final Map<String, Change> changes = new HashMap<>();
    private Duration lag = Duration.ZERO;

    private record Change(List<String> addresses, long sinceNanos) {}

    ClusterDns(String address) {
        try {
            socket = new DatagramSocket(new InetSocketAddress(address, PORT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "dns");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on, or as late as names are; said again and again while it holds. No address takes the name away. */
    synchronized void publish(String name, List<String> addresses) {
        long now = System.nanoTime();
        Change open = changes.get(name);
        if (open == null || !open.addresses().equals(addresses)) {
            open = new Change(addresses, now);
            changes.put(name, open);
        }
        if (now - open.sinceNanos() >= lag.toNanos()) {
            apply(name, addresses);
        }
    }

    /** From now on what is published is known so much later. */
    synchronized void lag(Duration time) {
        lag = time;
    }

    /** The name leads to this address, whatever is published, until {@link #right}. */
    void mislead(String name, String address) {
        wrong.put(name, address);
    }

    /** What is published is known at once again. */
    synchronized void right() {
        lag = Duration.ZERO;
        wrong.clear();
    }

    private void apply(String name, List<String> addresses) {
        if (addresses.isEmpty()) {
            names.remove(name);
        } else {
            names.put(name, List.copyOf(addresses));
        }
    }

    private void serve() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[PACKET_MAX], PACKET_MAX);
                socket.receive(packet);
                byte[] answer = answer(packet.getData());
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private byte[] answer(byte[] packet) throws IOException {
        ByteBuffer question = ByteBuffer.wrap(packet);
        short id = question.getShort(0);
        question.position(HEADER);
        String name = name(question);
        short type = question.getShort();
        question.getShort();
        String misleading = wrong.get(name);
        List<String> known = misleading == null ? names.get(name) : List.of(misleading);
        List<String> addresses = known == null || type != TYPE_A ? List.of() : known;

        ByteBuffer answer = ByteBuffer.allocate(PACKET_MAX);
        answer.putShort(id)
                .putShort((short) (known == null ? RESPONSE | NO_SUCH_NAME : RESPONSE))
                .putShort((short) 1)
                .putShort((short) addresses.size())
                .putInt(0)
                .put(packet, HEADER, question.position() - HEADER);
        for (String address : addresses) {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            answer.putShort((short) NAME_OF_THE_QUESTION)
                    .putShort(TYPE_A)
                    .putShort(CLASS_IN)
                    .putInt(TTL_SECONDS)
                    .putShort((short) bytes.length)
                    .put(bytes);
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    private static String name(ByteBuffer question) {
        StringBuilder name = new StringBuilder();
        for (int length = question.get(); length > 0; length = question.get()) {
            byte[] label = new byte[length];
            question.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        socket.close();
    }
}
