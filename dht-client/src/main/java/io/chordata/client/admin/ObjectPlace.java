package io.chordata.client.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes hold an object.
 *
 * @param partition of its record
 * @param leader null where nobody who answers leads that
 * @param replicas nodes that hold the record
 * @param size in bytes
 * @param inline whether the bytes are in the record; then there are no blocks
 * @param blocks the first 10,000
 */
public record ObjectPlace(
        int partition,
        @Nullable String leader,
        List<String> replicas,
        String versionId,
        long size,
        boolean inline,
        List<Block> blocks) {
    /** @param index from 0, over the whole object */
    public record Block(int index, String id, int partition, List<String> replicas) {
        public Block {
            replicas = List.copyOf(replicas);
        }

        private static Block of(Fields fields) {
            return new Block(
                    fields.count("index"), fields.text("id"), fields.count("partition"), fields.texts("replicas"));
        }
    }

    public ObjectPlace {
        replicas = List.copyOf(replicas);
        blocks = List.copyOf(blocks);
    }

    static ObjectPlace of(Fields fields) {
        return new ObjectPlace(
                fields.count("partition"),
                fields.optionalText("leader"),
                fields.texts("replicas"),
                fields.text("versionId"),
                fields.number("size"),
                fields.truth("inline"),
                fields.list("blocks", Block::of));
    }
}
