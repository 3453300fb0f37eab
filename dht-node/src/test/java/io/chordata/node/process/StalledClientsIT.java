package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that hold a small node's memory for as long as they can, beside one that wants to be served. */
class StalledClientsIT {
    @RegisterExtension
    static final ChordataServer SERVER = new ChordataServer("-Xmx256m");

    private static final int READERS = 300;
    private static final int UPLOADS = 1_000;
    private static final int BETWEEN_BLOCKS = 400;
    private static final int PIPELINED = 4_000;
    private static final int ROUNDS = 20;
    private static final long LARGE_BYTES = 16L << 20;
    private static final int USUAL_BYTES = 1 << 20;
    private static final int SMALL_BYTES = 16 << 10;
    private static final int RECEIVE_BYTES = 4 << 10;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    /** The heap, as much again that the JVM and RocksDB need, and what sockets may hold. */
    private static final long RESIDENT_BYTES_MAX = 768L << 20;

    private final SignedHttp http = new SignedHttp(SERVER.process());
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeEach
    void store() throws IOException {
        assertThat(http.makeBucket("stalled")).isIn(200, 409);
        assertThat(http.put("stalled", "large", new TestBody(LARGE_BYTES, 1))).isEqualTo(200);
        assertThat(http.put("stalled", "small", new TestBody(SMALL_BYTES, 2))).isEqualTo(200);
    }

    @AfterEach
    void closeAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void readers_thatNeverRead_leaveTheOthersServed() throws IOException {
        for (int i = 0; i < READERS; i++) {
            open().getOutputStream().write(get("large"));
        }
        assertOthersAreServed("readers that never read: " + READERS);
    }

    @Test
    void requests_pipelinedWithoutReading_leaveTheOthersServed() throws IOException {
        byte[] request = get("small");
        byte[] requests = new byte[PIPELINED * request.length];
        IntStream.range(0, PIPELINED)
                .forEach(i -> System.arraycopy(request, 0, requests, i * request.length, request.length));
        for (int i = 0; i < 8; i++) {
            Socket socket = open();
            Thread sender = new Thread(() -> send(socket, requests), "pipeliner-" + i);
            sender.setDaemon(true);
            sender.start();
        }
        assertOthersAreServed("requests pipelined without reading: " + 8 * PIPELINED);
    }

    @Test
    void uploads_thatStallBeforeTheirEnd_leaveTheOthersServed() throws IOException {
        stallUploads(UPLOADS, USUAL_BYTES - 1, USUAL_BYTES);
        assertReadersAreServed("uploads that stall: " + UPLOADS);
    }

    /** Together they have sent more than the heap holds. */
    @Test
    void uploads_thatStallBetweenTwoBlocks_leaveTheOthersServed() throws IOException {
        stallUploads(BETWEEN_BLOCKS, USUAL_BYTES, 2 * USUAL_BYTES);
        assertOthersAreServed("uploads that stall between two blocks: " + BETWEEN_BLOCKS);
    }

    private void stallUploads(int uploads, int sentBytes, int announcedBytes) throws IOException {
        byte[] sent = new byte[sentBytes];
        for (int i = 0; i < uploads; i++) {
            Socket socket = open();
            byte[] head = head("PUT", "stalled-" + i, "Content-Length: " + announcedBytes + "\r\n");
            Thread sender = new Thread(() -> send(socket, head, sent), "upload-" + i);
            sender.setDaemon(true);
            sender.start();
        }
    }

    private void assertOthersAreServed(String what) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            TestBody body = new TestBody(USUAL_BYTES, round);
            long begin = System.nanoTime();
            assertThat(http.put("stalled", "usual", body)).isEqualTo(200);
            assertRead("usual", body.bytes());
            assertInTime(begin);
        }
        assertReadersAreServed(what);
    }

    private void assertReadersAreServed(String what) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            assertRead("large", new TestBody(LARGE_BYTES, 1).bytes());
            assertInTime(begin);
        }
        long peak = SERVER.process().residentPeakBytes();
        Figures.note(what + ", others served, resident at most " + (peak >> 20) + " MiB with -Xmx256m");
        assertThat(Files.readString(SERVER.process().log())).doesNotContain("OutOfMemoryError");
        assertThat(peak).isLessThan(RESIDENT_BYTES_MAX);
    }

    private static void assertInTime(long beginNanos) {
        assertThat(Duration.ofNanos(System.nanoTime() - beginNanos)).isLessThan(ANSWER_MAX);
    }

    private void assertRead(String key, byte[] expected) throws IOException {
        HttpResponse<InputStream> answer = http.get("stalled", key);
        try (InputStream body = answer.body()) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(body.readAllBytes()).isEqualTo(expected);
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BYTES);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), SERVER.process().endpoint().getPort()));
        sockets.add(socket);
        return socket;
    }

    private byte[] get(String key) {
        return head("GET", key, "");
    }

    private byte[] head(String method, String key, String headers) {
        String uri = http.presigned(method, SignedHttp.path("stalled", key), "");
        String host = SERVER.process().endpoint().getAuthority();
        return (method + ' ' + uri + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Blocks for as long as the server does not read; ends with the socket. */
    private static void send(Socket socket, byte[]... bytes) {
        try {
            for (byte[] each : bytes) {
                socket.getOutputStream().write(each);
            }
        } catch (IOException e) {
            assertThat(e).as("the server or the test closed it").isNotNull();
        }
    }
}
