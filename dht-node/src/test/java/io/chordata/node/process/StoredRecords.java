package io.chordata.node.process;

import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.runtime.VertxLoops;
import io.chordata.node.storage.RecordStoreObserver;
import io.chordata.node.storage.RecordStoreOptions;
import io.chordata.node.storage.RocksRecordStore;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a node that does not run has on its disk. */
final class StoredRecords {
    private StoredRecords() {}

    /** The keys of each family, as text. */
    static Map<Family, List<String>> keys(Path data) {
        Vertx vertx = Vertx.vertx();
        try (RocksRecordStore records = RocksRecordStore.open(
                data.resolve("records"),
                RecordStoreOptions.DEFAULT,
                new VertxLoops(vertx, 1),
                RecordStoreObserver.NONE)) {
            Map<Family, List<String>> keys = new EnumMap<>(Family.class);
            for (Family family : Family.values()) {
                keys.put(family, keys(records, family));
            }
            return keys;
        } finally {
            vertx.close().await();
        }
    }

    private static List<String> keys(RocksRecordStore records, Family family) {
        List<String> keys = new ArrayList<>();
        try (Cursor cursor = records.scan(family, new byte[0], null)) {
            while (cursor.next()) {
                keys.add(new String(cursor.key(), StandardCharsets.ISO_8859_1));
            }
        }
        return keys;
    }
}
