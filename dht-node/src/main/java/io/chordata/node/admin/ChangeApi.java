package io.chordata.node.admin;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has changed what may be changed under {@code /v1/}: finds the route, lets in who is signed in, logs who it was. */
final class ChangeApi {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeApi.class);

    private final SignIn signIn;
    private final SmallBodies bodies;
    private final SessionApi sessions;
    private final List<ChangeRoute> routes;

    ChangeApi(SignIn signIn, SmallBodies bodies, SessionApi sessions, List<ChangeRoute> routes) {
        this.signIn = signIn;
        this.bodies = bodies;
        this.sessions = sessions;
        this.routes = List.copyOf(routes);
    }

    Stream<AdminRoute> routes() {
        return Stream.concat(
                sessions.routes(), routes.stream().map(route -> new AdminRoute(route.method(), route.path())));
    }

    /** A request that is no GET and no HEAD. */
    void handle(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        if (path.equals(SessionApi.PATH)) {
            sessions.handle(request);
            return;
        }
        TreeSet<String> methods = new TreeSet<>();
        for (ChangeRoute route : routes) {
            Matcher matcher = route.path().matcher(path);
            if (matcher.matches()) {
                methods.add(route.method().name());
                if (route.method().equals(request.method())) {
                    run(request, route, matcher);
                    return;
                }
            }
        }
        String allowed = methods.isEmpty() ? "GET, HEAD" : String.join(", ", methods);
        request.response().putHeader("Allow", allowed);
        Answers.problem(request, 405, "Method not allowed", path + " answers " + allowed);
    }

    private void run(HttpServerRequest request, ChangeRoute route, Matcher matcher) {
        signIn.toChange(request, bodies)
                .compose(change -> {
                    log(request, change.accessKey());
                    return route.change().apply(change, matcher.toMatchResult());
                })
                .onSuccess(answer -> Answers.json(request, answer))
                .onFailure(cause -> refuse(request, cause));
    }

    /** Says who changes what, before it is done. */
    static void log(HttpServerRequest request, String accessKey) {
        LOG.info(
                "event=admin_change method={} path={} accessKey={} from={}",
                request.method(),
                request.path(),
                accessKey,
                request.remoteAddress());
    }

    /** Whoever asked may be gone, or may not have sent the body yet. */
    static void refuse(HttpServerRequest request, Throwable cause) {
        if (!request.response().closed()) {
            Answers.failure(request, cause);
            request.resume();
        }
    }
}
