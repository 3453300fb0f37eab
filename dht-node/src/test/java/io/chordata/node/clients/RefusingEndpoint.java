package io.chordata.node.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Answers each request without a body with one S3 error, by a clock that is off. */
final class RefusingEndpoint implements AutoCloseable {
    private final ServerSocket server;
    private final String code;
    private final Duration ahead;

    RefusingEndpoint(String code, Duration ahead) {
        this.code = code;
        this.ahead = ahead;
        try {
            server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "refusing-endpoint");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void serve() {
        try {
            while (true) {
                try (Socket client = server.accept()) {
                    refuse(client);
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void refuse(Socket client) throws IOException {
        BufferedReader head =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        String line = head.readLine();
        while (line != null && !line.isEmpty()) {
            line = head.readLine();
        }
        String body = "<Error><Code>" + code + "</Code><Message>refused</Message></Error>";
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plus(ahead));
        String answer = String.join(
                "\r\n",
                "HTTP/1.1 403 Forbidden",
                "Date: " + date,
                "Content-Type: application/xml",
                "Content-Length: " + body.length(),
                "Connection: close",
                "",
                body);
        client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
