package io.chordata.node.admin;

import io.chordata.node.admin.ClusterHistory.Piece;
import io.chordata.node.admin.ClusterHistory.Told;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Answers {@code /v1/…}: the cluster's state as JSON. */
final class StatusApi implements Handler<HttpServerRequest> {
    private static final String PARTITION_PREFIX = "/v1/partitions/";
    private static final String LOCATE_USAGE = "/v1/objects/locate?bucket=BUCKET&key=KEY";

    private final ClusterStatus status;
    private final LargeAnswers answers;
    private final ClusterHistory history;
    private final Map<String, Function<HttpServerRequest, Future<Void>>> byPath = new LinkedHashMap<>();

    StatusApi(
            ClusterStatus status,
            RingQueries ring,
            KeysApi keys,
            EventStreams events,
            ClusterHistory history,
            LargeAnswers answers) {
        this.status = status;
        this.history = history;
        this.answers = answers;
        RingApi ringApi = new RingApi(ring, answers);
        ApiDescription description = ApiDescription.load();
        byPath.put("/v1/cluster", this::cluster);
        byPath.put("/v1/nodes", request -> send(request, status.nodes(), NodeView::toJson));
        byPath.put("/v1/partitions", request -> send(request, status.partitions(), PartitionView::toJson));
        byPath.put("/v1/ring", ringApi::ring);
        byPath.put("/v1/lookup", ringApi::lookup);
        byPath.put("/v1/flows", ringApi::flows);
        byPath.put("/v1/objects/locate", this::locate);
        byPath.put("/v1/keys", request -> send(request, keys.list(), KeysApi::json));
        byPath.put("/v1/history", this::history);
        byPath.put("/v1/events", request -> done(() -> events.handle(request)));
        byPath.put(ApiDescription.PATH, request -> done(() -> description.handle(request)));
    }

    /** All that it answers. */
    Stream<AdminRoute> routes() {
        return Stream.concat(
                byPath.keySet().stream().map(AdminRoute::get),
                Stream.of(new AdminRoute(HttpMethod.GET, Pattern.compile(PARTITION_PREFIX + "[0-9]+"))));
    }

    @Override
    public void handle(HttpServerRequest request) {
        answer(request).onFailure(cause -> Answers.failure(request, cause));
    }

    private Future<Void> answer(HttpServerRequest request) {
        String path = request.path();
        Function<HttpServerRequest, Future<Void>> known = byPath.get(path);
        if (known != null) {
            return known.apply(request);
        }
        return path.startsWith(PARTITION_PREFIX)
                ? partition(request, path.substring(PARTITION_PREFIX.length()))
                : Future.failedFuture(new ProblemException(404, "Not found", "nothing is served at " + path));
    }

    private Future<Void> cluster(HttpServerRequest request) {
        return status.cluster().compose(view -> done(() -> Answers.json(request, view.toJson())));
    }

    private Future<Void> history(HttpServerRequest request) {
        Told told = history.told();
        return answers.sendTexts(request, told.frame(), "moments", told.pieces().iterator(), Piece::encode);
    }

    private <T> Future<Void> send(HttpServerRequest request, Future<List<T>> views, Function<T, JsonObject> shape) {
        return views.compose(all -> answers.send(request, all.iterator(), shape));
    }

    private static Future<Void> done(Runnable send) {
        send.run();
        return Future.succeededFuture();
    }

    private Future<Void> partition(HttpServerRequest request, String number) {
        return status.partitions().map(views -> {
            PartitionView view = views.stream()
                    .filter(candidate -> String.valueOf(candidate.partition()).equals(number))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            404,
                            "Unknown partition",
                            "there is no partition '" + number + "': they are numbered 0 to " + (views.size() - 1)));
            Answers.json(request, view.toJson());
            return null;
        });
    }

    private Future<Void> locate(HttpServerRequest request) {
        Parameters parameters = new Parameters(request, LOCATE_USAGE, List.of("bucket", "key"));
        String bucket = parameters.text("bucket");
        String key = parameters.text("key");
        if (bucket == null || key == null) {
            throw parameters.problem("the " + (bucket == null ? "bucket" : "key") + " is not given");
        }
        return status.locate(bucket, key).compose(view -> done(() -> Answers.json(request, view.toJson())));
    }
}
