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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all nodes that answer have of a partition, and what follows from it: whether it may be forced, and from which copy.
 *
 * @param answers of those who answered
 * @param silent those who did not: any of them may have the partition
 */
public record Survey(SortedMap<NodeId, Remains> answers, SortedSet<NodeId> silent) {
    private static final Comparator<Found> BY_AGE = Comparator.comparingLong(
                    (Found found) -> found.remains().generation())
            .thenComparingLong(found -> found.copy().lastTerm())
            .thenComparingLong(found -> found.copy().lastIndex())
            .thenComparing(Found::node);

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
        return isMajorityThere(best.remains().generation())
                        && newestPromised() == best.remains().generation()
                ? "most of those who decide answer: it goes on by itself"
                : null;
    }

    /** By any configuration of the generation that anybody knows; a copy that was only begun knows none. */
    private boolean isMajorityThere(long generation) {
        return found().filter(found -> found.remains().generation() == generation
                        && found.copy().isWhole())
                .flatMap(found -> Stream.of(found.copy().newest(), found.copy().committed()))
                .anyMatch(configuration -> isMajority(configuration, generation));
    }

    private boolean isMajority(Configuration configuration, long generation) {
        List<Member> there = found().filter(found -> found.remains().generation() == generation)
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
                || !isMajority(best.copy().committed(), best.remains().generation())
                || !isMajority(best.copy().newest(), best.remains().generation());
    }
}
