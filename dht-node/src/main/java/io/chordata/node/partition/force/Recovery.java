package io.chordata.node.partition.force;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Recovers a partition by force: asks every node what it has, has all who answer promise a later generation, and has the copy that
 * is then the furthest begin it. What was begun and broke off is finished by doing it again.
 */
public final class Recovery {
    private final ForceLinks links;

    /**
     * How it ended.
     *
     * @param refusal why nothing was done; null if it was, or would be
     * @param survivor whose copy the group goes on from; null if nobody has any
     * @param generation in which it does, or would
     * @param isBegun whether it does
     * @param mayLose whether what was acknowledged may be lost
     */
    public record Outcome(
            Survey survey,
            @Nullable String refusal,
            @Nullable NodeId survivor,
            long generation,
            boolean isBegun,
            boolean mayLose) {}

    public Recovery(ForceLinks links) {
        this.links = links;
    }

    /**
     * What {@link #run} would do.
     *
     * @param nodes all of the cluster that were not decommissioned
     * @param gone those of them that never come back
     */
    public Future<Outcome> plan(PartitionId partition, Collection<NodeId> nodes, Collection<NodeId> gone) {
        return survey(partition, nodes).map(survey -> outcome(survey, survey.refusal(gone), false));
    }

    /** As {@link #plan}; has it done where nothing speaks against it. */
    public Future<Outcome> run(PartitionId partition, Collection<NodeId> nodes, Collection<NodeId> gone) {
        return plan(partition, nodes, gone).compose(plan -> {
            NodeId survivor = plan.survivor();
            return plan.refusal() != null || survivor == null
                    ? Future.succeededFuture(plan)
                    : promise(partition, plan, survivor);
        });
    }

    private static Outcome outcome(Survey survey, @Nullable String refusal, boolean isBegun) {
        NodeId survivor = survey.survivor();
        return new Outcome(
                survey, refusal, survivor, survivor == null ? 0 : survey.next(survivor), isBegun, survey.mayLose());
    }

    private Future<Survey> survey(PartitionId partition, Collection<NodeId> nodes) {
        return ask(nodes, node -> links.survey(node, partition));
    }

    private interface Question {
        Future<Remains> ask(NodeId node);
    }

    private static Future<Survey> ask(Collection<NodeId> nodes, Question question) {
        TreeMap<NodeId, Remains> answers = new TreeMap<>();
        TreeSet<NodeId> silent = new TreeSet<>();
        List<Future<Void>> all = new ArrayList<>();
        for (NodeId node : nodes) {
            all.add(question.ask(node).transform((remains, failure) -> {
                if (failure == null) {
                    answers.put(node, remains);
                } else {
                    silent.add(node);
                }
                return Future.succeededFuture();
            }));
        }
        return Future.all(all).map(done -> new Survey(answers, silent));
    }

    /** Who did not promise may go on in the earlier generation: then nothing is begun. */
    private Future<Outcome> promise(PartitionId partition, Outcome plan, NodeId survivor) {
        return promises(partition, plan.survey(), plan.generation()).compose(promised -> {
            if (!promised.silent().isEmpty()) {
                return refused(plan, "these nodes did not promise: " + names(promised.silent()) + "; run it again");
            }
            if (!survivor.equals(promised.survivor())) {
                return refused(plan, "the logs went on meanwhile, the furthest is another now; run it again");
            }
            return giveWay(partition, plan.generation(), promised)
                    .compose(told -> told.silent().isEmpty()
                            ? begin(partition, plan, survivor, promised)
                            : refused(
                                    plan, "these nodes did not give way: " + names(told.silent()) + "; run it again"));
        });
    }

    private Future<Outcome> begin(PartitionId partition, Outcome plan, NodeId survivor, Survey promised) {
        return links.begin(survivor, partition, plan.generation())
                .map(done -> begun(plan, survivor, promised))
                .recover(failure -> refused(plan, survivor + " did not begin: " + failure.getMessage()));
    }

    /**
     * First by those who have a copy: without them nobody else has to be kept from one. What a leader of the generation before said may
     * still be on its way to the others, and what came of it would be asked by nobody.
     */
    private Future<Survey> promises(PartitionId partition, Survey survey, long generation) {
        Question question = node -> links.promise(node, partition, generation);
        return ask(survey.holders(), question)
                .compose(promised -> promised.silent().isEmpty()
                        ? ask(survey.others(), question).map(promised::and)
                        : Future.succeededFuture(promised));
    }

    /**
     * Before the generation begins, as nobody could tell later whose log it had all of. The survivor's stands still as the others do, so
     * that it begins on this very log or never. What the others keep stays as lost and found.
     */
    private Future<Survey> giveWay(PartitionId partition, long generation, Survey promised) {
        return ask(promised.covered(), node -> links.giveWay(node, partition, generation));
    }

    private static String names(Collection<NodeId> nodes) {
        return nodes.stream().sorted().map(NodeId::toString).collect(Collectors.joining(", "));
    }

    private static Outcome begun(Outcome plan, NodeId survivor, Survey promised) {
        return new Outcome(plan.survey(), null, survivor, plan.generation(), true, promised.mayLose());
    }

    private static Future<Outcome> refused(Outcome plan, String refusal) {
        return Future.succeededFuture(
                new Outcome(plan.survey(), refusal, plan.survivor(), plan.generation(), false, plan.mayLose()));
    }
}
