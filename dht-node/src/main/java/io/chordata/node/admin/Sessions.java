package io.chordata.node.admin;

import io.chordata.node.core.ClusterSecret;
import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of browsers. No node keeps any: the cookie says whose it is and until when, under a MAC by the secret of that key.
 * So it counts at every node, until its time is over or the key is deleted. What changes anything must also carry a token that
 * follows from the cookie, which a page of another site cannot know (OWASP, Cross-Site Request Forgery Prevention).
 */
final class Sessions {
    static final String COOKIE = "chordata-session";
    static final String CSRF_HEADER = "x-chordata-csrf";
    static final long LIFE_SECONDS = TimeUnit.HOURS.toSeconds(12);

    private static final int PARTS = 3;
    private static final int EXPIRY_DIGITS_MAX = 12;

    private final AdminAuthenticator keys;

    Sessions(AdminAuthenticator keys) {
        this.keys = keys;
    }

    /**
     * Somebody's session.
     *
     * @param token goes into the cookie
     * @param csrf to be sent with what changes anything
     */
    record Session(String accessKey, String token, String csrf, long expiresMillis) {}

    /** Fails with {@link ProblemException}, 401, if there is no such key or that is not its secret. */
    Future<Session> begin(String accessKey, String secretKey) {
        return keys.secretOf(accessKey).compose(secret -> {
            if (secret == null || !AdminAuthenticator.sameText(secret, secretKey)) {
                return Future.failedFuture(
                        AdminAuthenticator.notSignedIn("there is no such access key, or its secret is another"));
            }
            long expiresSeconds = TimeUnit.MILLISECONDS.toSeconds(keys.wallMillis()) + LIFE_SECONDS;
            String head = base64(accessKey.getBytes(StandardCharsets.UTF_8)) + "." + expiresSeconds;
            String token = head + "." + mac(secret, "session", head);
            return Future.succeededFuture(
                    new Session(accessKey, token, csrf(secret, token), TimeUnit.SECONDS.toMillis(expiresSeconds)));
        });
    }

    static boolean isNamedBy(HttpServerRequest request) {
        return request.getCookie(COOKIE) != null;
    }

    /**
     * True if the browser says that a page of another origin asks. Cookies know no ports, and so a server at another port of this
     * host is of the same site (RFC 6265, 8.5); browsers say nothing by plain HTTP but at localhost (Fetch Metadata).
     */
    static boolean isAskedFromElsewhere(HttpServerRequest request) {
        String from = request.getHeader("Sec-Fetch-Site");
        return from != null && !from.equals("same-origin") && !from.equals("none");
    }

    static ProblemException fromElsewhere() {
        return new ProblemException(403, "Not from there", "sessions are for the pages of this node");
    }

    static Cookie cookie(String token, long lifeSeconds) {
        return Cookie.cookie(COOKIE, token)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setMaxAge(lifeSeconds);
    }

    /** The key of whoever reads. */
    Future<String> ofReader(HttpServerRequest request) {
        return current(request).map(Session::accessKey);
    }

    /** The key of whoever changes something. */
    Future<String> ofWriter(HttpServerRequest request) {
        return current(request).compose(session -> {
            String csrf = request.getHeader(CSRF_HEADER);
            return csrf != null && AdminAuthenticator.sameText(csrf, session.csrf)
                    ? Future.succeededFuture(session.accessKey)
                    : Future.failedFuture(new ProblemException(
                            403, "Token needed", "send the session's token in the header " + CSRF_HEADER));
        });
    }

    /** The session of whoever asks; fails with {@link ProblemException}, 401, if there is none or it is over. */
    Future<Session> current(HttpServerRequest request) {
        Cookie cookie = request.getCookie(COOKIE);
        String token = cookie == null ? "" : cookie.getValue();
        String[] parts = token.split("\\.", -1);
        String accessKey = parts.length == PARTS ? text(parts[0]) : null;
        if (accessKey == null || !isBefore(parts[1])) {
            return over();
        }
        return keys.secretOf(accessKey).compose(secret -> {
            if (secret == null
                    || !AdminAuthenticator.sameText(parts[2], mac(secret, "session", parts[0] + "." + parts[1]))) {
                return over();
            }
            long expiresMillis = TimeUnit.SECONDS.toMillis(Long.parseLong(parts[1]));
            return Future.succeededFuture(new Session(accessKey, token, csrf(secret, token), expiresMillis));
        });
    }

    private static <T> Future<T> over() {
        return Future.failedFuture(AdminAuthenticator.notSignedIn("the session is over; sign in again"));
    }

    private boolean isBefore(String expiresSeconds) {
        return expiresSeconds.matches("[0-9]{1," + EXPIRY_DIGITS_MAX + "}")
                && TimeUnit.MILLISECONDS.toSeconds(keys.wallMillis()) < Long.parseLong(expiresSeconds);
    }

    private static String csrf(String secret, String token) {
        return mac(secret, "csrf", token);
    }

    private static String mac(String secret, String purpose, String text) {
        byte[] message = ("chordata " + purpose + "\n" + text).getBytes(StandardCharsets.UTF_8);
        return base64(ClusterSecret.hmac(secret.getBytes(StandardCharsets.UTF_8), message));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static @Nullable String text(String base64) {
        try {
            return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
