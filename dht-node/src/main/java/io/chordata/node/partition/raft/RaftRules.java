package io.chordata.node.partition.raft;

import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The decisions on which safety rests, each by itself and without side effects, so that a test can take one out and show that
 * it is missed. Sections are those of the Raft paper (Ongaro and Ousterhout 2014) unless they are called the thesis's.
 */
interface RaftRules {
    RaftRules RAFT = new RaftRules() {};

    /** How far the clocks of sound nodes may be apart. */
    long CLOCKS_APART_MILLIS = 5_000;

    /** Whether enough voters agree: a majority, of both sets while joint (section 6). */
    default boolean isQuorum(Configuration configuration, Predicate<Member> agrees) {
        return Quorum.isReached(configuration, agrees);
    }

    /** The highest index, or round, that enough voters have reached. */
    default long reached(Configuration configuration, ToLongFunction<Member> value) {
        return Quorum.reached(configuration, value);
    }

    /** Only entries of the leader's own term are committed by counting, those before with them (section 5.4.2). */
    default boolean mayCommitByCounting(long termOfEntry, long term) {
        return termOfEntry == term;
    }

    /** One vote for each term, to be repeated for the same candidate in the same tenure only (section 5.2). */
    default boolean isVoteFree(@Nullable Member vote, Member candidate) {
        return vote == null || vote.equals(candidate);
    }

    /** Whether the candidate's log is not behind: it then has all that was committed (section 5.4.1). */
    default boolean isUpToDate(long candidateTerm, long candidateIndex, long ownTerm, long ownIndex) {
        return candidateTerm > ownTerm || (candidateTerm == ownTerm && candidateIndex >= ownIndex);
    }

    /** Whether a message is for this replica in this tenure. */
    default boolean isForSelf(Member to, Member self) {
        return to.equals(self);
    }

    /** Whether the sender speaks under a tenure that is known to be over. */
    default boolean isEarlierTenure(@Nullable Member known, Member from) {
        return known != null && known.tenure() > from.tenure();
    }

    /** Whether an answer counts for the member that the leader replicates to: node and tenure are its own. */
    default boolean isAnswerOf(Member member, Member from) {
        return member.equals(from);
    }

    /** Whether what was decided must be synced before it is told. */
    default boolean isDurableBeforeTold() {
        return true;
    }

    /** What of the leader's log is acknowledged: that which is synced here. The leader's own part counts likewise. */
    default long acknowledged(long persisted, long last) {
        return persisted;
    }

    /** A follower's entries go only where they differ from the leader's: a late message must not undo what came after it. */
    default boolean isConflict(long ownTerm, long leadersTerm) {
        return ownTerm != leadersTerm;
    }

    /** Up to where a message shows that the follower's log is the leader's; beyond it nothing is known to be committed. */
    default long commitShown(long leaderCommit, long matched) {
        return Math.min(leaderCommit, matched);
    }

    /** The round that a read waits for: the next one to be started, as the one under way began before it came. */
    default long roundOfRead(long started) {
        return started + 1;
    }

    /** A new leader does not know what is committed before an entry of its own term is (thesis, section 6.4). */
    default boolean mayConfirmReads(boolean committedInTerm) {
        return committedInTerm;
    }

    /** Whether reads need a round of confirmation at all. */
    default boolean isConfirmationNeeded() {
        return true;
    }

    /** Whether an answer to a round was given under the configuration that the leader goes by now. */
    default boolean isRoundOf(long answeredConfiguration, long configuration) {
        return answeredConfiguration == configuration;
    }

    /**
     * One change at a time, and none before the term's first commit: else two leaders might go by configurations whose
     * majorities do not meet (Ongaro, "bug in single-server membership changes", raft-dev, July 2015).
     */
    default boolean mayChange(boolean pending, boolean committedInTerm) {
        return !pending && committedInTerm;
    }

    /**
     * Log time: that of the leader's clock, but never before what is already in the log. Where that is far ahead, as a clock
     * was wrong when it was written, log time crawls on with each entry, so that what waits for it does not wait for years.
     */
    default long stamp(long lastMillis, long nowMillis) {
        boolean isFarAhead = lastMillis - nowMillis > CLOCKS_APART_MILLIS;
        return Math.max(lastMillis, isFarAhead ? lastMillis + 1 : nowMillis);
    }

    /** Whether entries behind an installed snapshot stay: its last entry is in the log, so they follow on it. */
    default boolean isSnapshotInLog(long termInLog, long termOfSnapshot) {
        return termInLog == termOfSnapshot;
    }

    /** Whether a replica is at an end by what it is promised to, or has met: it neither votes nor acknowledges from then on. */
    default boolean isGenerationOver(long generation, long promised) {
        return promised > generation;
    }

    /** Whether what is said belongs to a history that the replica's own has left behind. */
    default boolean isOfEarlierGeneration(long said, long own) {
        return said < own;
    }

    /** A promise is never taken back, and none is made to a generation that is no further than the log itself. */
    default boolean mayPromise(long generation, HardState own) {
        return generation >= own.promised() && Generations.count(generation) > Generations.count(own.generation());
    }

    /** Only the survivor that it names begins a generation, only once, and only while it is promised to no later one. */
    default boolean mayForce(long generation, HardState own, Member self) {
        return own.promised() == generation
                && own.generation() < generation
                && Generations.isBegunBy(generation, self.node());
    }

    /** A log that reaches the entry that added its replica has all that was committed before that. */
    default boolean isWhole(long last, long tenure) {
        return last >= tenure;
    }

    /** Whether a replica to be forced is yet to be removed, as far as it knows: who was, was told nothing from then on. */
    default boolean isMember(Configuration committed, Member self) {
        return committed.index() < self.tenure() || committed.members().contains(self);
    }
}
