package io.chordata.node.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The console's files (module ring-viz), kept in memory: they are few and small, and only what its {@code files.txt} names
 * can be asked for. Browsers keep them, and ask each time whether they changed. Each is compressed when a client that takes
 * that first asks for it, and kept so, too: a third of its size more.
 */
final class ConsoleFiles {
    private static final String ROOT = "/io/chordata/viz/";
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final int NOT_MODIFIED = 304;

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Resource> byPath = new TreeMap<>();

    private final Vertx vertx;

    /** A file, and what it is compressed, once somebody asked for that. */
    private static final class Resource {
        private final String contentType;
        private final String checksum;
        private final Buffer plain;
        private volatile @Nullable Buffer compressed;

        Resource(String contentType, String checksum, Buffer plain) {
            this.contentType = contentType;
            this.checksum = checksum;
            this.plain = plain;
        }

        /** Of what is sent, which two encodings are not the same of. */
        String eTag(boolean isGzip) {
            return '"' + checksum + (isGzip ? "-gzip" : "") + '"';
        }

        /** Takes some milliseconds, the first time. */
        synchronized Buffer compress() {
            Buffer known = compressed;
            if (known != null) {
                return known;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length());
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(plain.getBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Buffer made = Buffer.buffer(bytes.toByteArray());
            compressed = made;
            return made;
        }
    }

    private ConsoleFiles(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Blocks. */
    static ConsoleFiles load(Vertx vertx) {
        ConsoleFiles files = new ConsoleFiles(vertx);
        new String(read("files.txt"), StandardCharsets.UTF_8)
                .lines()
                .forEach(name -> files.byPath.put("/" + name, resource(name)));
        Resource index = files.byPath.get("/index.html");
        if (index == null) {
            throw new IllegalStateException("the console's files.txt must name index.html");
        }
        files.byPath.put("/", index);
        return files;
    }

    private static Resource resource(String name) {
        byte[] body = read(name);
        String contentType = CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (contentType == null) {
            throw new IllegalStateException("no content type is known for the console's file " + name);
        }
        return new Resource(contentType, checksum(body), Buffer.buffer(body));
    }

    private static byte[] read(String name) {
        try (InputStream in = ConsoleFiles.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new IllegalStateException("the console's file " + name + " is not in the program");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A start has no time for a cryptographic digest of them all; this one tells a build's files from another's. */
    private static String checksum(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return Long.toHexString(crc.getValue()) + '-' + body.length;
    }

    /** False if there is no such file. */
    boolean serve(HttpServerRequest request) {
        @Nullable Resource resource = byPath.get(request.path());
        if (resource == null) {
            return false;
        }
        boolean isGzip = AcceptedEncodings.takesGzip(request.getHeader("Accept-Encoding"));
        HttpServerResponse response = request.response()
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("ETag", resource.eTag(isGzip));
        if (resource.eTag(isGzip).equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(NOT_MODIFIED).end();
        } else if (isGzip) {
            compressed(resource)
                    .onSuccess(body -> sendCompressed(request, resource.contentType, body))
                    .onFailure(cause -> Answers.failure(request, cause));
        } else {
            Answers.finish(request, 200, resource.contentType, resource.plain);
        }
        return true;
    }

    /** On a worker, the first time. */
    private Future<Buffer> compressed(Resource resource) {
        Buffer known = resource.compressed;
        return known != null ? Future.succeededFuture(known) : vertx.executeBlocking(resource::compress, false);
    }

    /** Who asked may be gone by now. */
    private static void sendCompressed(HttpServerRequest request, String contentType, Buffer body) {
        if (!request.response().closed()) {
            request.response().putHeader("Content-Encoding", "gzip");
            Answers.finish(request, 200, contentType, body);
        }
    }
}
