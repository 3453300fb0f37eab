package io.chordata.node.s3;

import io.vertx.core.MultiMap;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** One connection to a server, byte by byte, so that a test can stop, cut and misbehave wherever it wants. */
final class HttpConversation implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    HttpConversation(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    Socket socket() {
        return socket;
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server's socket is there to take a byte. */
    boolean takesMore() {
        try {
            socket.getOutputStream().write('G');
            return true;
        } catch (IOException reset) {
            return false;
        }
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    HttpReply receive() {
        return receive(false);
    }

    /** @param toHead true if the answer has no body whatever its headers say */
    HttpReply receive(boolean toHead) {
        try {
            String statusLine = line();
            MultiMap headers = MultiMap.caseInsensitiveMultiMap();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
            }
            boolean chunked = "chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"));
            int length = Integer.parseInt(headers.contains("Content-Length") ? headers.get("Content-Length") : "0");
            byte[] body = toHead ? new byte[0] : chunked ? chunks() : in.readNBytes(length);
            return new HttpReply(statusLine, headers, body, toHead || chunked || body.length == length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes behind a head; fewer only at the end of the connection. */
    byte[] receiveBytes(int count) {
        try {
            return in.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True once the server has closed its side and everything was read. */
    boolean isAtEnd() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection within a line: " + line);
            }
            line.append((char) c);
        }
        return line.toString().strip();
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
