package io.chordata.node.ring;

import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Position;
import java.util.List;

/**
 * The decisions of Chord as Pamela Zave corrected it ("Reasoning about Identifier Spaces: How to Make Chord Correct", IEEE
 * TSE 2017), each by itself and without side effects. What is named t, s, p, m, j, n, c here is named so there.
 */
interface ChordRules {
    ChordRules CORRECTED = new ChordRules() {};

    /** Whether {@code x} lies strictly between, on a circle: between(a, x, a) holds for every x but a. */
    default boolean between(RingId a, RingId x, RingId b) {
        return x.isBetween(a, b);
    }

    /** Join: j may take its place behind m only if m's list, in the very reply that j will adopt, has nobody in between. */
    default boolean mayJoin(RingId m, RingId j, Pointers reply) {
        return between(m, j, reply.first().id());
    }

    /** An answer counts only while it is the round's and the position that was asked is still the first successor. */
    default boolean isCurrent(boolean isOfThisRound, RingId asked, SuccessorList successors) {
        return isOfThisRound && !successors.isLost() && successors.first().id().equals(asked);
    }

    /** Stabilise: whether s knows somebody between t and itself, so that the second step is due. */
    default boolean isNearer(RingId t, RingId p, RingId s) {
        return between(t, p, s);
    }

    /** Second step: p's list is taken only if it is the round's, and p is still nearer than the first successor. */
    default boolean isSecondStepDue(boolean isOfThisRound, RingId t, RingId p, SuccessorList successors) {
        return isOfThisRound
                && !successors.isLost()
                && isNearer(t, p, successors.first().id());
    }

    /** The list of t once its first successor is s, which answered with its own list. */
    default SuccessorList adopt(Position t, Position s, List<Position> listOfS, RingOptions options) {
        return SuccessorList.of(t, s, listOfS, options);
    }

    /** The list without its first successor, which is dead: the place at its tail stays empty until the next answer. */
    default SuccessorList shift(SuccessorList successors) {
        return successors.withoutFirst();
    }

    /** Whether nobody is left to ask. An empty place is nobody. */
    default boolean isLost(SuccessorList successors) {
        return successors.isLost();
    }

    /** Rectify, first case: c is nearer to n than n's predecessor. */
    default boolean isBetterPredecessor(RingId predecessor, RingId c, RingId n) {
        return between(predecessor, c, n);
    }

    /** What becomes of a predecessor that is found dead: it stays until somebody else reports, there is never none. */
    default Position whenPredecessorDies(Position self, Position predecessor) {
        return predecessor;
    }

    /** Whether a node that fell silent is dead for all positions that it has, not for the one that was asked. */
    default boolean isDeadForAllPositions() {
        return true;
    }

    /** Whether what another says of a node is newer than what is known: a node may return under a new address. */
    default boolean isNewerLife(long known, long said) {
        return said > known;
    }

    /** Whether a position that says itself that it is not on the ring (yet, or any more) is dropped like a dead one. */
    default boolean dropsWhoIsNotMember() {
        return true;
    }

    /** Whether an answer to an open question counts: only from the node that was asked. */
    default boolean isAnswerTo(boolean isFromWhoWasAsked) {
        return isFromWhoWasAsked;
    }

    /** Whether a ring that another node knows is sought, and joined where it has somebody nearer. */
    default boolean heals() {
        return true;
    }

    /** Whether positions of the own node that stand on different rings seek each other as well. */
    default boolean healsWithin() {
        return true;
    }

    /** Lookup: whoever was silent in one life may answer in a later one. */
    default boolean isOfALaterLife(long silent, long named) {
        return named > silent;
    }

    /** Lookup: a hop must lead strictly closer to the id. */
    default boolean isCloserHop(RingId from, RingId hop, RingId id) {
        return hop.equals(id) ? !from.equals(id) : between(from, hop, id);
    }
}
