package io.chordata.node.admin;

import io.chordata.client.sigv4.Signer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the kinds of answers that the admin port knows. */
final class Answers {
    static final String JSON = "application/json";

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final String CHALLENGE =
            Signer.ALGORITHM + " realm=\"Chordata\", service=\"" + AdminAuthenticator.SERVICE + '"';
    private static final String PROBLEM_JSON = "application/problem+json";

    private Answers() {}

    static void json(HttpServerRequest request, JsonObject body) {
        send(request, 200, JSON, body.toBuffer());
    }

    static void problem(HttpServerRequest request, int status, String title, String detail) {
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        send(request, status, PROBLEM_JSON, body.toBuffer());
    }

    static void failure(HttpServerRequest request, Throwable cause) {
        if (cause instanceof ProblemException problem) {
            if (problem.status() == 401) {
                request.response().putHeader("WWW-Authenticate", CHALLENGE);
            }
            problem(request, problem.status(), problem.title(), String.valueOf(problem.getMessage()));
            return;
        }
        LOG.warn("event=admin_request_failed path={}", request.path(), cause);
        problem(request, 500, "Internal error", "the node's log has the cause");
    }

    /** Live figures: never from a cache. */
    static void send(HttpServerRequest request, int status, String contentType, Buffer body) {
        request.response().putHeader("Cache-Control", "no-store");
        finish(request, status, contentType, body);
    }

    /** The head of live figures whose body comes bit by bit. */
    static HttpServerResponse head(HttpServerResponse response, int status, String contentType) {
        return response.setStatusCode(status)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Type", contentType)
                .putHeader("X-Content-Type-Options", "nosniff");
    }

    static void finish(HttpServerRequest request, int status, String contentType, Buffer body) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status)
                .putHeader("Content-Type", contentType)
                .putHeader("X-Content-Type-Options", "nosniff");
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", String.valueOf(body.length())).end();
        } else {
            response.end(body);
        }
    }
}
