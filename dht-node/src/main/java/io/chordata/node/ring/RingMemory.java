package io.chordata.node.ring;

import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the ring keeps on disk: the places of this node, and the image of its directory. An image replaces the one before it
 * and is never two writes at once; while one is under way, only the newest of those that follow waits.
 */
final class RingMemory {
    private static final byte[] PLACES = "ring/places".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] IMAGE = "ring/directory".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_IMAGE = {};
    private static final long BUSY_RETRY_MILLIS = 50;

    private final RecordStore records;
    private final Timers timers;
    private byte @Nullable [] nextImage;
    private @Nullable Future<Void> images;

    /**
     * @param places null if they were never chosen
     * @param image empty if there is none
     */
    record Content(@Nullable Places places, byte[] image) {}

    RingMemory(RecordStore records, Timers timers) {
        this.records = records;
        this.timers = timers;
    }

    /** Blocks. */
    Content read() {
        byte[] places = records.get(Family.NODE, PLACES, ReadTier.DISK);
        byte[] image = records.get(Family.NODE, IMAGE, ReadTier.DISK);
        return new Content(places == null ? null : Places.decode(places), image == null ? NO_IMAGE : image);
    }

    Future<Void> write(Places places) {
        return write(PLACES, places.encode());
    }

    /** Completes when this image, or a newer one, is durable. */
    Future<Void> write(byte[] image) {
        nextImage = image;
        Future<Void> underWay = images;
        if (underWay == null) {
            underWay = writeImages();
            images = underWay.isComplete() ? null : underWay;
        }
        return underWay;
    }

    /** Completes when no image waits to be written. */
    Future<Void> idle() {
        Future<Void> underWay = images;
        return underWay == null ? Future.succeededFuture() : underWay;
    }

    private Future<Void> writeImages() {
        byte[] image = nextImage;
        if (image == null) {
            images = null;
            return Future.succeededFuture();
        }
        nextImage = null;
        return write(IMAGE, image).compose(written -> writeImages());
    }

    private Future<Void> write(byte[] key, byte[] value) {
        return records.write(new RecordBatch().put(Family.NODE, key, value), Durability.SYNCED)
                .recover(cause -> cause instanceof StoreBusyException ? later(key, value) : Future.failedFuture(cause));
    }

    private Future<Void> later(byte[] key, byte[] value) {
        Promise<Void> written = Promise.promise();
        timers.once(BUSY_RETRY_MILLIS, () -> write(key, value).onComplete(written));
        return written.future();
    }
}
