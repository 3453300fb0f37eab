package io.chordata.node.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /s3/…}: S3 for the session of a browser, so that the console can stay on its own origin. Sessions alone count here, and
 * always: what is stored is nobody's to read without a key, also where the rest of the port is read freely.
 *
 * <p>The slash behind the bucket may be escaped ({@code /s3/BUCKET%2F..%2Fa}), as browsers resolve dots behind a plain one.
 */
final class ObjectsApi {
    static final String PREFIX = "/s3/";

    private static final Pattern ESCAPED_SLASH = Pattern.compile("^(/[^/?%]+)%2[Ff]");

    /** How a browser may use what it asks for: never as a part of a page that acts. Absent where no browser asks. */
    private static final Set<String> HARMLESS = Set.of("empty", "image", "document");

    /**
     * S3 keeps it with the object, but to a write on a condition browsers add it on their own (Fetch Standard,
     * HTTP-network-or-cache fetch).
     */
    private static final String CACHE_CONTROL = "Cache-Control";

    private final Sessions sessions;
    private final S3Door door;

    ObjectsApi(Sessions sessions, S3Door door) {
        this.sessions = sessions;
        this.door = door;
    }

    static boolean isAskedBy(HttpServerRequest request) {
        return request.uri().startsWith(PREFIX);
    }

    void handle(HttpServerRequest request) {
        request.pause();
        sender(request)
                .<Void>compose(accessKey -> {
                    if (!reads(request)) {
                        ChangeApi.log(request, accessKey);
                    }
                    door.serve(request, accessKey, uri(request));
                    return Future.succeededFuture();
                })
                .onFailure(cause -> ChangeApi.refuse(request, cause));
    }

    private Future<String> sender(HttpServerRequest request) {
        if (Sessions.isAskedFromElsewhere(request)) {
            return Future.failedFuture(Sessions.fromElsewhere());
        }
        @Nullable String use = request.getHeader("Sec-Fetch-Dest");
        if (use != null && !HARMLESS.contains(use)) {
            return Future.failedFuture(
                    new ProblemException(403, "Not as a " + use, "what is stored is no part of a page"));
        }
        if (request.headers().contains("Authorization")) {
            return Future.failedFuture(
                    AdminAuthenticator.notSignedIn("sessions count here; signed requests go to the S3 port"));
        }
        boolean reads = reads(request);
        if (!reads && "no-cache".equals(request.getHeader(CACHE_CONTROL))) {
            request.headers().remove(CACHE_CONTROL);
        }
        return reads ? sessions.ofReader(request) : sessions.ofWriter(request);
    }

    private static boolean reads(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private static String uri(HttpServerRequest request) {
        String uri = request.uri().substring(PREFIX.length() - 1);
        Matcher matcher = ESCAPED_SLASH.matcher(uri);
        return matcher.find() ? matcher.group(1) + "/" + uri.substring(matcher.end()) : uri;
    }
}
