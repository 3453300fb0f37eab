package io.chordata.node.admin;

import io.chordata.node.admin.Sessions.Session;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Signs browsers in ({@code POST /v1/session}) and out ({@code DELETE}), and tells them whose session they have ({@code GET}):
 * {@code {accessKey, csrf, expires}}, all null for none.
 */
final class SessionApi {
    static final String PATH = "/v1/session";

    private static final String ACCESS_KEY = "accessKey";
    private static final String SECRET_KEY = "secretKey";

    private final Sessions sessions;
    private final SmallBodies bodies;

    SessionApi(Sessions sessions, SmallBodies bodies) {
        this.sessions = sessions;
        this.bodies = bodies;
    }

    Stream<AdminRoute> routes() {
        return Stream.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE)
                .map(method -> new AdminRoute(method, Pattern.compile(Pattern.quote(PATH))));
    }

    /** A page that was loaded anew has the cookie still, but not the token, which no page of another origin may read. */
    void show(HttpServerRequest request) {
        if (Sessions.isAskedFromElsewhere(request)) {
            ChangeApi.refuse(request, Sessions.fromElsewhere());
            return;
        }
        if (!Sessions.isNamedBy(request)) {
            Answers.json(request, json(null));
            return;
        }
        sessions.current(request)
                .map(SessionApi::json)
                .recover(failure -> failure instanceof ProblemException problem && problem.status() == 401
                        ? Future.succeededFuture(json(null))
                        : Future.failedFuture(failure))
                .onSuccess(answer -> Answers.json(request, answer))
                .onFailure(cause -> ChangeApi.refuse(request, cause));
    }

    private static JsonObject json(@Nullable Session session) {
        return new JsonObject()
                .put(ACCESS_KEY, session == null ? null : session.accessKey())
                .put("csrf", session == null ? null : session.csrf())
                .put("expires", session == null ? null : session.expiresMillis());
    }

    /** A request that is no GET and no HEAD. */
    void handle(HttpServerRequest request) {
        if (Sessions.isAskedFromElsewhere(request)) {
            ChangeApi.refuse(request, Sessions.fromElsewhere());
        } else if (request.method().equals(HttpMethod.DELETE)) {
            request.response().addCookie(Sessions.cookie("", 0).setSecure(request.isSSL()));
            Answers.json(request, new JsonObject());
        } else if (request.method().equals(HttpMethod.POST)) {
            begin(request)
                    .onSuccess(answer -> Answers.json(request, answer))
                    .onFailure(cause -> ChangeApi.refuse(request, cause));
        } else {
            request.response().putHeader("Allow", "DELETE, POST");
            Answers.problem(request, 405, "Method not allowed", PATH + " answers DELETE, POST");
        }
    }

    private Future<JsonObject> begin(HttpServerRequest request) {
        request.pause();
        String contentType = request.getHeader("Content-Type");
        if (contentType == null || !contentType.startsWith(Answers.JSON)) {
            // A form on another site's page can send anything but this.
            return Future.failedFuture(new ProblemException(415, "Wrong content type", "send " + Answers.JSON));
        }
        return bodies.read(request).compose(body -> {
            Map<String, String> given = ChangeRequest.texts(body, Set.of(ACCESS_KEY, SECRET_KEY));
            String accessKey = given.getOrDefault(ACCESS_KEY, "");
            return sessions.begin(accessKey, given.getOrDefault(SECRET_KEY, "")).map(session -> {
                request.response()
                        .addCookie(Sessions.cookie(session.token(), Sessions.LIFE_SECONDS)
                                .setSecure(request.isSSL()));
                return json(session);
            });
        });
    }
}
