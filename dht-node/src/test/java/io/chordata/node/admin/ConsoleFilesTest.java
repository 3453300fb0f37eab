package io.chordata.node.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleFilesTest {
    private static AdminWorld world;

    @BeforeAll
    static void start() {
        world = new AdminWorld();
        world.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    /** From a bare socket, so that nobody unpacks it on the way. */
    private record Answer(String head, byte[] body) {
        static Answer of(String method, String path, @Nullable String accepted, String more) throws IOException {
            String encodings = accepted == null ? "" : "Accept-Encoding: " + accepted + "\r\n";
            try (Socket socket = world.connect()) {
                socket.getOutputStream()
                        .write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                        + encodings + more + "\r\n")
                                .getBytes(UTF_8));
                byte[] all = socket.getInputStream().readAllBytes();
                int end = new String(all, ISO_8859_1).indexOf("\r\n\r\n");
                byte[] body = new byte[all.length - end - 4];
                System.arraycopy(all, end + 4, body, 0, body.length);
                return new Answer(new String(all, 0, end, ISO_8859_1), body);
            }
        }

        @Nullable
        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse(null);
        }

        byte[] unpacked() throws IOException {
            return new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
    }

    private static Answer get(@Nullable String accepted) throws IOException {
        return Answer.of("GET", "/app.js", accepted, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip, deflate, br, zstd", "br;q=1.0, GZIP;q=0.2", "*", "x-gzip"})
    void file_forWhoTakesIt_comesCompressed(String accepted) throws IOException {
        Answer plain = get(null);
        Answer packed = get(accepted);
        assertThat(packed.header("content-encoding")).isEqualTo("gzip");
        assertThat(packed.header("content-length")).isEqualTo(String.valueOf(packed.body.length));
        assertThat(packed.header("content-type")).isEqualTo(plain.header("content-type"));
        assertThat(packed.body.length).isLessThan(plain.body.length / 2);
        assertThat(packed.unpacked()).isEqualTo(plain.body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip; q=0.000", "*, gzip;q=0", "*;q=0"})
    void file_forWhoDoesNotTakeIt_comesAsItIs(String accepted) throws IOException {
        Answer answer = get(accepted);
        assertThat(answer.header("content-encoding")).isNull();
        assertThat(new String(answer.body, UTF_8)).contains("import");
    }

    @Test
    void encodings_ofAFile_areToldApartByCaches() throws IOException {
        Answer plain = get(null);
        Answer packed = get("gzip");
        String tag = String.valueOf(packed.header("etag"));
        assertThat(plain.header("vary")).isEqualTo("Accept-Encoding");
        assertThat(packed.header("vary")).isEqualTo("Accept-Encoding");
        assertThat(plain.header("etag")).isNotEqualTo(tag);
        Answer known = Answer.of("GET", "/app.js", "gzip", "If-None-Match: " + tag + "\r\n");
        assertThat(known.head).startsWith("HTTP/1.1 304");
        assertThat(known.header("vary")).isEqualTo("Accept-Encoding");
        assertThat(known.header("etag")).isEqualTo(tag);
        assertThat(Answer.of("GET", "/app.js", null, "If-None-Match: " + tag + "\r\n").head)
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void head_ofACompressedFile_hasItsLength() throws IOException {
        Answer head = Answer.of("HEAD", "/", "gzip", "");
        assertThat(head.body).isEmpty();
        assertThat(head.header("content-length"))
                .isEqualTo(String.valueOf(Answer.of("GET", "/", "gzip", "").body.length));
    }
}
