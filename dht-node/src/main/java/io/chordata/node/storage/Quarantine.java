package io.chordata.node.storage;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.RecordStore.Durability;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets corrupt blocks aside: their rows move out of the way, their bytes stay for somebody to look at. Any thread. */
final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private final Appender appender;
    private final BlockIndex index;
    private final BlockStoreObserver observer;
    private final AtomicLong found = new AtomicLong();

    Quarantine(Appender appender, BlockIndex index, BlockStoreObserver observer) {
        this.appender = appender;
        this.index = index;
        this.observer = observer;
    }

    /** Blocks set aside since start. */
    long found() {
        return found.get();
    }

    /** Does nothing if the block was written anew, moved or dropped in the meantime. */
    Future<Void> add(BlockRef block, BlockRow seen, CorruptRecordException cause) {
        return appender.exclusively(() -> {
            BlockRow row = index.find(block);
            if (row == null || !row.isAt(seen)) {
                return Future.succeededFuture();
            }
            LOG.error("event=block-corrupt message=\"{}\"", cause.getMessage());
            found.incrementAndGet();
            observer.corruptFound();
            IndexUpdate update = appender.update();
            update.quarantine(block, row);
            return appender.save(update, Durability.ORDERED);
        });
    }
}
