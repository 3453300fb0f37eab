package io.chordata.client.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition that was recovered by force, or could be.
 *
 * @param refusal why it cannot be; null if it can, or was
 * @param survivor the node whose copy it goes on from; null if nobody has any
 * @param generation in which it does
 * @param begun whether it was recovered
 * @param mayLose whether what was acknowledged may be lost by that
 * @param copies nodes that have one
 * @param silent nodes that did not answer
 */
public record Recovery(
        int partition,
        @Nullable String refusal,
        @Nullable String survivor,
        @Nullable String generation,
        boolean begun,
        boolean mayLose,
        List<String> copies,
        List<String> silent) {
    public Recovery {
        copies = List.copyOf(copies);
        silent = List.copyOf(silent);
    }

    static Recovery of(Fields fields) {
        return new Recovery(
                fields.count("partition"),
                fields.optionalText("refusal"),
                fields.optionalText("survivor"),
                fields.optionalText("generation"),
                fields.truth("begun"),
                fields.truth("mayLose"),
                fields.list("copies", copy -> copy.text("node")),
                fields.texts("silent"));
    }
}
