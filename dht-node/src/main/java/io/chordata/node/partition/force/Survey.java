package io.chordata.node.partition.force;

import io.chordata.node.core.NodeId;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Generations;
import io.chordata.node.partition.raft.Member;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all nodes that answer have of a partition, and what follows from it: whether it may be forced, and from which copy.
 *
 * @param answers of those who answered
 * @param silent those who did not: any of them may have the partition
 */
public record Survey(SortedMap<NodeId, Remains> answers, SortedSet<NodeId> silent) {
    private static final Comparator<Found> BY_LOG = Comparator.comparingLong(
                    (Found found) -> found.remains().generation())
            .thenComparingLong(found -> found.copy().lastTerm())
            .thenComparingLong(found -> found.copy().lastIndex());
    private static final Comparator<Found> BY_AGE = BY_LOG.thenComparing(Found::node);

    private record Found(NodeId node, Remains remains, Remains.Copy copy) {}

    public Survey {
        answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
        silent = Collections.unmodifiableSortedSet(new TreeSet<>(silent));
    }

    private Stream<Found> found() {
        return answers.entrySet().stream()
                .flatMap(entry -> Stream.ofNullable(entry.getValue().copy())
                        .map(copy -> new Found(entry.getKey(), entry.getValue(), copy)));
    }

    /**
     * Why the partition may not be forced; null if it may.
     *
     * @param gone nodes that never come back, as the operator says
     */
    @Nullable
    String refusal(Collection<NodeId> gone) {
        TreeSet<NodeId> unnamed = new TreeSet<>(silent);
        unnamed.removeAll(gone);
        if (!unnamed.isEmpty()) {
            return "these nodes do not answer, and may have the partition: " + unnamed
                    + "; start them, or name them as gone if they never come back";
        }
        TreeSet<NodeId> answering = new TreeSet<>(gone);
        answering.retainAll(answers.keySet());
        if (!answering.isEmpty()) {
            return "these nodes answer, and are named as gone: " + answering;
        }
        Found best = best();
        if (best == null) {
            return "nobody who answers has anything of it";
        }
        if (best.copy().unfit() != null) {
            return "the copy that is the furthest is on " + best.node() + ", and "
                    + best.copy().unfit();
        }
        return isElectable(best.remains().generation())
                        && newestPromised() == best.remains().generation()
                ? "most of those who decide answer: it goes on by itself"
                : null;
    }

    /**
     * Whether anybody could lead, by the newest configuration in the log and by votes of those who are no further (Raft section 5.4.1):
     * one that is known to be committed may be passed by one that can elect nobody. A copy that was only begun knows none.
     */
    private boolean isElectable(long generation) {
        return found().filter(found -> found.remains().generation() == generation
                        && found.copy().isWhole())
                .anyMatch(found ->
                        isMajority(found.copy().newest(), generation, other -> BY_LOG.compare(other, found) <= 0));
    }

    private boolean isMajority(Configuration configuration, long generation, Predicate<Found> counts) {
        List<Member> there = found().filter(found -> found.remains().generation() == generation)
                .filter(counts)
                .map(found -> found.copy().self())
                .toList();
        return configuration.isMajority(there::contains);
    }

    private @Nullable Found best() {
        return found().max(BY_AGE).orElse(null);
    }

    /** Who has the copy to go on from; null if nobody has any. */
    @Nullable
    NodeId survivor() {
        Found best = best();
        return best == null ? null : best.node();
    }

    /** Nodes that keep a copy, in order. */
    List<NodeId> holders() {
        return found().map(Found::node).toList();
    }

    /**
     * Nodes whose copy has nothing that was acknowledged and is not in the survivor's, in order: of the same generation, and a part of
     * that one's log, or compared with one that has whatever a majority had.
     */
    List<NodeId> covered() {
        Found best = best();
        return best == null
                ? List.of()
                : found().filter(found -> !found.node().equals(best.node()))
                        .filter(found ->
                                found.remains().generation() == best.remains().generation())
                        .filter(found -> !mayLose() || best.copy().covers(found.copy()))
                        .map(Found::node)
                        .toList();
    }

    /** Nodes that answer and keep none, in order. */
    List<NodeId> others() {
        return answers.entrySet().stream()
                .filter(entry -> entry.getValue().copy() == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What others said in answer to the same, too. */
    Survey and(Survey more) {
        TreeMap<NodeId, Remains> allAnswers = new TreeMap<>(answers);
        allAnswers.putAll(more.answers);
        TreeSet<NodeId> allSilent = new TreeSet<>(silent);
        allSilent.addAll(more.silent);
        return new Survey(allAnswers, allSilent);
    }

    /** Also by those who keep nothing any more. */
    private long newestPromised() {
        return answers.values().stream().mapToLong(Remains::promised).max().orElse(Generations.FIRST);
    }

    /** That in which the group is to go on; one that was promised to the survivor, and was not begun, is. */
    long next(NodeId survivor) {
        long newest = newestPromised();
        boolean isOpen = answers.values().stream().noneMatch(remains -> remains.generation() == newest);
        return isOpen && Generations.isBegunBy(newest, survivor) ? newest : Generations.next(newest, survivor);
    }

    /** Whether what was acknowledged may be on nobody who answers. */
    boolean mayLose() {
        Found best = best();
        return best == null
                || !isMajority(best.copy().committed(), best.remains().generation(), found -> true)
                || !isMajority(best.copy().newest(), best.remains().generation(), found -> true);
    }
}
