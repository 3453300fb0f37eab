package io.chordata.node.process;

import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.admin.AdminAuthenticator;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What changes a cluster's state: POST without a body at the admin port, signed by the root key; and what it answers to others. */
public final class AdminPost {
    private static final RequestSigner SIGNER = new RequestSigner(
            ChordataProcess.ACCESS_KEY, ChordataProcess.SECRET_KEY, ChordataProcess.REGION, AdminAuthenticator.SERVICE);
    /** A node that is gone with its network answers nothing, and refuses nothing. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final String NO_BODY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private AdminPost() {}

    static HttpResponse<String> send(ChordataProcess node, String path) throws IOException {
        return send(node.admin(), "POST", path);
    }

    /**
     * @param method of a request without a body
     * @throws IOException if there is no answer, or none in time
     */
    public static HttpResponse<String> send(URI admin, String method, String path) throws IOException {
        URI uri = admin.resolve(path);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", uri.getAuthority());
        SIGNER.sign(method, path, "", headers, NO_BODY_SHA256, System.currentTimeMillis());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(TIMEOUT).method(method, BodyPublishers.noBody());
        // The client sets the host by itself.
        headers.remove("Host").forEach(header -> request.header(header.getKey(), header.getValue()));
        try {
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
