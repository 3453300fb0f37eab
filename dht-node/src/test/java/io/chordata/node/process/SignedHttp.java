package io.chordata.node.process;

import io.chordata.client.sigv4.RequestSigner;
import io.chordata.client.sigv4.UriEncoding;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The plainest S3 client: presigned requests by the JDK's HTTP client. Never retries, never checks what it gets. */
public final class SignedHttp {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final RequestSigner SIGNER =
            new RequestSigner(ChordataProcess.ACCESS_KEY, ChordataProcess.SECRET_KEY, ChordataProcess.REGION, "s3");
    private static final long EXPIRES_SECONDS = 3600;

    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Supplier<URI> endpoint;

    public SignedHttp(ChordataProcess server) {
        this(server::endpoint);
    }

    /** @param endpoint asked before each request */
    public SignedHttp(Supplier<URI> endpoint) {
        this.endpoint = endpoint;
    }

    /** The status. */
    public int put(String bucket, String key, TestBody body) throws IOException {
        HttpRequest.BodyPublisher publisher =
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(body::open), Math.max(1, body.size()));
        HttpRequest request = request("PUT", path(bucket, key), "")
                .PUT(body.size() == 0 ? BodyPublishers.noBody() : publisher)
                .build();
        return send(request, BodyHandlers.discarding()).statusCode();
    }

    public int delete(String bucket, String key) throws IOException {
        return send(request("DELETE", path(bucket, key), "").DELETE().build(), BodyHandlers.discarding())
                .statusCode();
    }

    /** An object in parts of {@code partBytes}, the last one shorter: the status of the completion. */
    public int putInParts(String bucket, String key, TestBody body, int partBytes) throws IOException {
        byte[] bytes = body.bytes();
        HttpResponse<String> created = post(bucket, key, "uploads=", "");
        Matcher uploadId = UPLOAD_ID.matcher(created.body());
        if (!uploadId.find()) {
            return created.statusCode();
        }
        String upload = "uploadId=" + UriEncoding.encode(uploadId.group(1));
        StringBuilder parts = new StringBuilder("<CompleteMultipartUpload>");
        for (int from = 0, number = 1; from < bytes.length; from += partBytes, number++) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + partBytes));
            HttpRequest request = request("PUT", path(bucket, key), "partNumber=" + number + "&" + upload)
                    .PUT(BodyPublishers.ofByteArray(part))
                    .build();
            String eTag = send(request, BodyHandlers.discarding())
                    .headers()
                    .firstValue("ETag")
                    .orElse("");
            parts.append("<Part><PartNumber>" + number + "</PartNumber><ETag>" + eTag + "</ETag></Part>");
        }
        parts.append("</CompleteMultipartUpload>");
        return post(bucket, key, upload, parts.toString()).statusCode();
    }

    private HttpResponse<String> post(String bucket, String key, String query, String body) throws IOException {
        return send(
                request("POST", path(bucket, key), query)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** The status. */
    public int makeBucket(String bucket) throws IOException {
        return send(
                        request("PUT", "/" + bucket, "")
                                .PUT(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    /** A bucket that is there when this returns; a busy cluster may refuse it a few times. */
    void awaitBucket(String bucket) {
        Await.until("bucket " + bucket, TIMEOUT, () -> {
            int status = makeBucket(bucket);
            return status == 200 || status == 409;
        });
    }

    /** Status and body; the body must be read to its end, or closed. */
    public HttpResponse<InputStream> get(String bucket, String key) throws IOException {
        return send(request("GET", path(bucket, key), "").build(), BodyHandlers.ofInputStream());
    }

    /** The SHA-256 of the body, empty for no such key; any other answer is an error. */
    public Optional<String> sha256(String bucket, String key) throws IOException {
        HttpResponse<InputStream> answer = get(bucket, key);
        String sha256 = TestBody.sha256(answer.body());
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(sha256);
            case 404 -> Optional.empty();
            default -> throw new IOException("status " + answer.statusCode());
        };
    }

    /** For requests that the methods above do not make. */
    public HttpRequest.Builder request(String method, String rawPath, String rawQuery) {
        URI base = endpoint.get();
        return HttpRequest.newBuilder(URI.create(base + presigned(base, method, rawPath, rawQuery)))
                .timeout(TIMEOUT);
    }

    /** Path and query as they go on the wire. */
    public String presigned(String method, String rawPath, String rawQuery) {
        return presigned(endpoint.get(), method, rawPath, rawQuery);
    }

    private static String presigned(URI base, String method, String rawPath, String rawQuery) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", base.getAuthority());
        return rawPath
                + '?'
                + SIGNER.presign(method, rawPath, rawQuery, headers, EXPIRES_SECONDS, System.currentTimeMillis());
    }

    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return http.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpRequest putRequest(String bucket, String key, String body) {
        return request("PUT", path(bucket, key), "")
                .PUT(BodyPublishers.ofString(body))
                .build();
    }

    /** The whole answer; a {@link java.net.ConnectException} says that nothing was sent. */
    HttpResponse<byte[]> sendWithin(Duration time, HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer within " + time);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException lost ? lost : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static String path(String bucket, String key) {
        return '/' + bucket + '/' + UriEncoding.encodePath(key);
    }
}
