package io.chordata.client.cli;

import io.chordata.client.ChordataClient;
import io.chordata.client.files.Glob;
import io.chordata.client.files.Item;
import io.chordata.client.files.S3Name;
import io.chordata.client.model.ListObjectsPage;
import io.chordata.client.model.ListObjectsRequest;
import io.chordata.client.model.ObjectSummary;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Pages of a listing, one after the other; the one behind is asked for while one is read. Blocks. */
final class Listing implements Iterator<ListObjectsPage> {
    private final ChordataClient client;
    private @Nullable Future<ListObjectsPage> next;

    private Listing(ChordataClient client, ListObjectsRequest first) {
        this.client = client;
        this.next = client.listObjects(first);
    }

    static Stream<ListObjectsPage> pages(ChordataClient client, ListObjectsRequest first) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(new Listing(client, first), Spliterator.ORDERED), false);
    }

    /** All objects whose keys begin with that one. */
    static Stream<ObjectSummary> objects(ChordataClient client, S3Name prefix) {
        return pages(client, ListObjectsRequest.of(prefix.bucket()).withPrefix(prefix.key()))
                .flatMap(page -> page.objects().stream());
    }

    /** All objects that match a pattern of their whole keys. */
    static Stream<ObjectSummary> matches(ChordataClient client, String bucket, Glob glob) {
        return objects(client, new S3Name(bucket, glob.prefix())).filter(object -> glob.matches(object.key()));
    }

    /** @param object whose key is longer than the folder's */
    static Item item(ObjectSummary object, String folder) {
        return new Item(
                object.key().substring(folder.length()),
                object.size(),
                object.lastModified() == null ? 0 : object.lastModified().toEpochMilli(),
                object.eTag());
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public ListObjectsPage next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        ListObjectsPage page = next.await();
        next = page.next().map(client::listObjects).orElse(null);
        return page;
    }
}
