package io.chordata.node.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The console's files (module ring-viz), kept in memory: they are few and small, and only what its {@code files.txt} names
 * can be asked for. Browsers keep them, and ask each time whether they changed.
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

    private record Resource(String contentType, String eTag, Buffer body) {}

    private ConsoleFiles() {}

    /** Blocks. */
    static ConsoleFiles load() {
        ConsoleFiles files = new ConsoleFiles();
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
        return new Resource(contentType, eTag(body), Buffer.buffer(body));
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
    private static String eTag(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return '"' + Long.toHexString(crc.getValue()) + '-' + body.length + '"';
    }

    /** False if there is no such file. */
    boolean serve(HttpServerRequest request) {
        @Nullable Resource resource = byPath.get(request.path());
        if (resource == null) {
            return false;
        }
        HttpServerResponse response = request.response()
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", resource.eTag);
        if (resource.eTag.equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(NOT_MODIFIED).end();
        } else {
            Answers.finish(request, 200, resource.contentType, resource.body);
        }
        return true;
    }
}
