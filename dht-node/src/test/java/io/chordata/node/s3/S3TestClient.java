package io.chordata.node.s3;

import io.chordata.client.sigv4.PayloadHash;
import io.chordata.client.sigv4.RequestSigner;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends exactly what a test says, signed, one connection for each call unless told otherwise. */
final class S3TestClient {
    static final byte[] NOTHING = {};

    private final int port;
    private final RequestSigner signer =
            new RequestSigner(S3TestNode.ACCESS_KEY, S3TestNode.SECRET_KEY, "us-east-1", "s3");

    S3TestClient(int port) {
        this.port = port;
    }

    HttpConversation connect() {
        try {
            return new HttpConversation(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param headers name and value in turn */
    HttpReply call(String method, String uri, byte[] body, String... headers) {
        try (HttpConversation conversation = connect()) {
            return call(conversation, method, uri, body, headers);
        }
    }

    HttpReply call(String method, String uri, String... headers) {
        return call(method, uri, NOTHING, headers);
    }

    HttpReply call(HttpConversation conversation, String method, String uri, byte[] body, String... headers) {
        conversation.send(head(method, uri, body.length, headers));
        conversation.send(body);
        return conversation.receive(method.equals("HEAD"));
    }

    HttpReply put(String uri, String text, String... headers) {
        return call("PUT", uri, text.getBytes(StandardCharsets.UTF_8), headers);
    }

    HttpReply get(String uri, String... headers) {
        return call("GET", uri, headers);
    }

    HttpReply delete(String uri, String... headers) {
        return call("DELETE", uri, headers);
    }

    /** The signed head of a request, with the empty line that ends it. */
    byte[] head(String method, String uri, long length, String... headers) {
        MultiMap all = MultiMap.caseInsensitiveMultiMap().add("Host", "127.0.0.1:" + port);
        String payloadHash = PayloadHash.UNSIGNED;
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase("x-amz-content-sha256")) {
                payloadHash = headers[i + 1];
            } else if (headers[i].equalsIgnoreCase("Host")) {
                all.set("Host", headers[i + 1]);
            } else {
                all.add(headers[i], headers[i + 1]);
            }
        }
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        String query = question < 0 ? "" : uri.substring(question + 1);
        signer.sign(method, path, query, all, payloadHash, System.currentTimeMillis());
        if (length > 0 || method.equals("PUT") || method.equals("POST")) {
            all.set("Content-Length", Long.toString(length));
        }
        return text(method, uri, all);
    }

    /** A URI that carries its signature. */
    String presign(String method, String path, String query, long expiresSeconds, long nowMillis) {
        MultiMap host = MultiMap.caseInsensitiveMultiMap().add("Host", "127.0.0.1:" + port);
        return path + "?" + signer.presign(method, path, query, host, expiresSeconds, nowMillis);
    }

    /** The head as it is, unsigned. */
    byte[] unsigned(String method, String uri, String... headers) {
        MultiMap all = MultiMap.caseInsensitiveMultiMap().add("Host", "127.0.0.1:" + port);
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return text(method, uri, all);
    }

    private static byte[] text(String method, String uri, MultiMap headers) {
        StringBuilder text = new StringBuilder(method + ' ' + uri + " HTTP/1.1\r\n");
        for (Map.Entry<String, String> header : headers) {
            text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
