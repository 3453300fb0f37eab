package io.chordata.node.s3;

import io.chordata.node.s3.auth.Authentication;
import io.chordata.node.s3.auth.Authenticator;
import io.chordata.node.s3.auth.SignedRequest;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A way in to the same operations: how a request names what it asks for, and how it is known who sends it.
 *
 * @param sender fails with what {@link ErrorTable} knows
 * @param headers of every answer with a body, whatever the object's own say
 * @param types what is said of the type of such a body, by what it is
 */
record Entrance(
        RequestParser parser,
        Function<S3Request, Future<Authentication>> sender,
        Map<String, String> headers,
        UnaryOperator<String> types) {
    /**
     * What somebody stored must not act as a page of the console's origin, where browsers send the session along: it is never
     * shown as a document, and if it were, its scripts would not run. Nor is it a script or a style for another document,
     * since it must be what it says there (Fetch Standard, X-Content-Type-Options) and says that it is none.
     */
    private static final Map<String, String> TO_BROWSERS = Map.of(
            "Content-Disposition", "attachment",
            "Content-Security-Policy", "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy", "same-origin",
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-store");

    /** That and nothing else, as of two types in one header browsers believe the last. */
    private static final Pattern INERT =
            Pattern.compile("image/[a-z0-9.+-]+|application/xml", Pattern.CASE_INSENSITIVE);

    private static final String BYTES = "application/octet-stream";

    /** The S3 port, where each request is signed. */
    static Entrance signed(Authenticator authenticator, S3Options options) {
        return new Entrance(
                new RequestParser(options.domains()),
                request -> authenticator.authenticate(
                        new SignedRequest(request.method(), request.rawPath(), request.rawQuery(), request.headers())),
                Map.of(),
                UnaryOperator.identity());
    }

    /** The session of a browser, whose key is known already. The name of the host says nothing of a bucket. */
    static Entrance session(String accessKey) {
        return new Entrance(
                new RequestParser(List.of()),
                request -> Future.succeededFuture(Authentication.ofSession(accessKey, request.headers())),
                TO_BROWSERS,
                type -> INERT.matcher(type).matches() ? type : BYTES);
    }
}
