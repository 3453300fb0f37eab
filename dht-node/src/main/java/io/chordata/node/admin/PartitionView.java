package io.chordata.node.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A partition's replica group.
 *
 * @param point where its part of the key space begins
 * @param desired the nodes that should hold it by the ring's placement, the one that should lead first
 * @param voters the nodes whose agreement its commands need
 * @param learners nodes that get its log and do not vote
 * @param leader null while there is none, and with it term and commit index are the newest that a holder knows
 * @param records applied rows of all tables; null while nobody counted
 * @param blocks null while nobody counted
 * @param bytes of its blocks; null while nobody counted
 * @param state {@code unavailable} where nobody takes its commands, {@code moving} where members are on their way, {@code
 *     short} where one that should hold it does not and none is
 */
public record PartitionView(
        int partition,
        String point,
        List<String> desired,
        List<String> voters,
        List<String> learners,
        @Nullable String leader,
        long term,
        long commitIndex,
        @Nullable Long records,
        @Nullable Long blocks,
        @Nullable Long bytes,
        String state) {
    JsonObject toJson() {
        return new JsonObject()
                .put("partition", partition)
                .put("point", point)
                .put("desired", new JsonArray(desired))
                .put("voters", new JsonArray(voters))
                .put("learners", new JsonArray(learners))
                .put("leader", leader)
                .put("term", term)
                .put("commitIndex", commitIndex)
                .put("records", records)
                .put("blocks", blocks)
                .put("bytes", bytes)
                .put("state", state)
                .put("moves", moves());
    }

    /** Who has to do with it, and how it stands. */
    JsonObject outline() {
        return new JsonObject()
                .put("partition", partition)
                .put("desired", new JsonArray(desired))
                .put("voters", new JsonArray(voters))
                .put("learners", new JsonArray(learners))
                .put("leader", leader)
                .put("term", term)
                .put("state", state);
    }

    /** Whether the outlines are the same, but for the term: that goes on rising where nobody is elected. */
    boolean isAs(PartitionView other) {
        return desired.equals(other.desired)
                && voters.equals(other.voters)
                && learners.equals(other.learners)
                && Objects.equals(leader, other.leader)
                && state.equals(other.state);
    }

    /** To each that is on its way. How much there is to do, and is done, nobody counts. */
    private JsonArray moves() {
        JsonArray moves = new JsonArray();
        if (state.equals("moving")) {
            learners.forEach(learner -> moves.add(
                    new JsonObject().put("to", learner).put("bytesDone", null).put("bytesTotal", null)));
        }
        return moves;
    }
}
