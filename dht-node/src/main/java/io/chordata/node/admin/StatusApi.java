package io.chordata.node.admin;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** Answers {@code /v1/…}: the cluster's state as JSON. */
final class StatusApi implements Handler<HttpServerRequest> {
    private static final String PARTITION_PREFIX = "/v1/partitions/";
    private static final String LOCATE_USAGE = "/v1/objects/locate?bucket=BUCKET&key=KEY";

    private final ClusterStatus status;
    private final RingApi ring;
    private final KeysApi keys;
    private final EventStreams events;
    private final LargeAnswers answers;

    StatusApi(ClusterStatus status, RingQueries ring, KeysApi keys, EventStreams events, LargeAnswers answers) {
        this.status = status;
        this.ring = new RingApi(ring, answers);
        this.keys = keys;
        this.events = events;
        this.answers = answers;
    }

    @Override
    public void handle(HttpServerRequest request) {
        answer(request).onFailure(cause -> Answers.failure(request, cause));
    }

    private Future<Void> answer(HttpServerRequest request) {
        String path = request.path();
        return switch (path) {
            case "/v1/cluster" -> status.cluster().map(view -> done(() -> Answers.json(request, view.toJson())));
            case "/v1/nodes" ->
                status.nodes().compose(views -> answers.send(request, views.iterator(), NodeView::toJson));
            case "/v1/partitions" ->
                status.partitions().compose(views -> answers.send(request, views.iterator(), PartitionView::toJson));
            case "/v1/objects/locate" -> locate(request);
            case "/v1/keys" -> keys.list().compose(views -> answers.send(request, views.iterator(), KeysApi::json));
            case "/v1/ring" -> ring.ring(request);
            case "/v1/lookup" -> ring.lookup(request);
            case "/v1/events" -> Future.succeededFuture(done(() -> events.handle(request)));
            default ->
                path.startsWith(PARTITION_PREFIX)
                        ? partition(request, path.substring(PARTITION_PREFIX.length()))
                        : Future.failedFuture(new ProblemException(404, "Not found", "nothing is served at " + path));
        };
    }

    private static Void done(Runnable send) {
        send.run();
        return null;
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
        return status.locate(bucket, key).map(view -> done(() -> Answers.json(request, view.toJson())));
    }
}
