package io.chordata.client.admin;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An admin port that answers as a test wants it, and knows what it was asked. */
public final class AdminPort implements AutoCloseable {
    /** An id that nodes of tests have. */
    public static final String ID = "0123456789abcdef0123456789abcdef";

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Consumer<HttpServerRequest> answer = request -> json(request, 200, "{}");

    public AdminPort(Vertx vertx) {
        server = vertx.createHttpServer();
        server.requestHandler(request -> request.body().onSuccess(body -> {
            asked.add(request.method() + " " + request.uri() + (body.length() == 0 ? "" : " " + body));
            answer.accept(request);
        }));
        server.listen(0, "127.0.0.1").await();
    }

    public void answers(Consumer<HttpServerRequest> newAnswer) {
        answer = newAnswer;
    }

    public void answers(int status, String body) {
        answers(request -> json(request, status, body));
    }

    public static void json(HttpServerRequest request, int status, String body) {
        request.response().setStatusCode(status).end(body);
    }

    public List<String> asked() {
        return asked;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @Override
    public void close() {
        server.close().await();
    }
}
