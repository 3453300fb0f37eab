package io.chordata.client.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition: who should hold it, and who does.
 *
 * @param point the first id that it holds
 * @param desired nodes that should hold it, by the ring
 * @param leader null where nobody who answers leads it
 * @param arriving nodes that are on their way
 */
public record Partition(
        int partition,
        String point,
        List<String> desired,
        List<String> voters,
        List<String> learners,
        @Nullable String leader,
        long term,
        long commitIndex,
        State state,
        List<String> arriving) {
    /** How it stands. */
    public enum State {
        HEALTHY,
        /** Members are on their way. */
        MOVING,
        /** One who should hold it is no voter, and nobody is on the way. */
        SHORT,
        /** Nobody who answers leads it. */
        UNAVAILABLE,
        /** Of a newer release than this one. */
        OTHER
    }

    public Partition {
        desired = List.copyOf(desired);
        voters = List.copyOf(voters);
        learners = List.copyOf(learners);
        arriving = List.copyOf(arriving);
    }

    static Partition of(Fields fields) {
        return new Partition(
                fields.count("partition"),
                fields.text("point"),
                fields.texts("desired"),
                fields.texts("voters"),
                fields.texts("learners"),
                fields.optionalText("leader"),
                fields.number("term"),
                fields.number("commitIndex"),
                fields.constant("state", State.class, State.OTHER),
                fields.list("moves", move -> move.text("to")));
    }
}
