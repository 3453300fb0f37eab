package io.chordata.client;

import io.chordata.client.model.ListObjectsPage;
import io.chordata.client.model.ListObjectsRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.function.Function;

/** Reads a listing page by page, however many there are: a chain of futures would grow with them. */
final class Pages {
    private final ChordataClient client;
    private final Function<ListObjectsPage, Future<Void>> reader;
    private final Promise<Void> end = Promise.promise();

    Pages(ChordataClient client, Function<ListObjectsPage, Future<Void>> reader) {
        this.client = client;
        this.reader = reader;
    }

    Future<Void> run(ListObjectsRequest first) {
        ask(first);
        return end.future();
    }

    private void ask(ListObjectsRequest request) {
        client.listObjects(request)
                .compose(page -> reader.apply(page).map(page.next()))
                .onComplete(this::goOn, end::fail);
    }

    private void goOn(Optional<ListObjectsRequest> next) {
        next.ifPresentOrElse(this::ask, end::complete);
    }
}
