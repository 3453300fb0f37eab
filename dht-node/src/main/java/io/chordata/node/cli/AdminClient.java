package io.chordata.node.cli;

import io.chordata.client.sigv4.RequestSigner;
import io.chordata.node.admin.AdminAuthenticator;
import io.chordata.node.config.HostPort;
import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.Settings;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/** Asks the admin port of a node, signed by the keys of the environment. Blocks. */
final class AdminClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String REGION = "us-east-1";
    private static final int REFUSED_FROM = 400;

    private final HostPort admin;
    private final RequestSigner signer;
    private final HttpClient http;
    private final String scheme;

    AdminClient(Settings settings) {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT);
        Optional<Path> authority = settings.find(OptionCatalogue.ADMIN_AUTHORITY);
        authority.ifPresent(file -> builder.sslContext(TrustedAuthority.context(file)));
        this.http = builder.build();
        this.scheme = authority.isPresent() ? "https://" : "http://";
        this.admin = settings.get(OptionCatalogue.ADMIN);
        this.signer = new RequestSigner(
                settings.get(OptionCatalogue.ACCESS_KEY),
                settings.get(OptionCatalogue.SECRET_KEY),
                REGION,
                AdminAuthenticator.SERVICE);
    }

    /** Sends a request without a body, see {@link #send(String, String, String)}. */
    String send(String method, String path) throws IOException {
        return send(method, path, "");
    }

    /**
     * Sends a request.
     *
     * @param method in capitals
     * @param path as it goes on the wire
     * @param body empty for none
     * @return the body of the answer
     * @throws IOException if there is none
     * @throws CommandFailedException if the node refuses
     */
    String send(String method, String path, String body) throws IOException {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", admin.toString());
        signer.sign(method, path, "", headers, sha256(body), System.currentTimeMillis());
        headers.remove("Host");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(scheme + admin + path))
                .timeout(ANSWER)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= REFUSED_FROM) {
                throw new CommandFailedException(ExitCode.NOT_DONE, problem(answer));
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(ExitCode.INTERNAL_ERROR, "interrupted");
        }
    }

    private static String sha256(String body) {
        try {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String problem(HttpResponse<String> answer) {
        try {
            JsonObject problem = new JsonObject(answer.body());
            return problem.getString("title") + ": " + problem.getString("detail");
        } catch (DecodeException | ClassCastException e) {
            return "the node answered with status " + answer.statusCode();
        }
    }

    @Override
    public String toString() {
        return scheme + admin;
    }
}
