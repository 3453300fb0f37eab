package io.chordata.node.founding;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.Vote;
import io.chordata.node.founding.Decision.Kind;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Brings a node with an empty disk to its cluster. Single-threaded, without I/O: a method per event, effects through
 * {@link Outbox}.
 *
 * <p>It asks all its seeds, round after round. If one is of a cluster, it joins that; if two are of different ones, it
 * refuses to start. Otherwise it waits, unless it was told to found: then it founds once every seed has promised, in one
 * round, to stand for it and nobody else.
 *
 * <p><b>Invariant: of two nodes that name each other as seeds, or a third in common, no second founds a cluster while the
 * disk remembers that decided between them.</b> Each node has one vote, durable before anybody is told of it. A founds X only
 * after each of its seeds, B among them, voted for A's X. For B to found Y, B must vote for itself, and so leave X; or where
 * both ask C, C must. They do so only when A itself says, on a later ballot than that of X, that it stands for something
 * else; and A, which then has not founded X, will not any more, as intents have ids of their own. Once A has decided, it gives no more answers, so nothing comes between the
 * last promise and the identity on A's disk; and A says that it is of X only when that identity is durable. If A crashes
 * before, it comes back with the same intent and asks again, which changes nothing where it was promised.
 *
 * <p><b>No deadlock.</b> A and B may both intend to found, and each wait for the other's promise. Then the one whose cluster
 * id is larger gives way when the other asks: it turns its intent into a promise, and its next question tells those who had
 * promised it that they are free. A node forms an intent only after a round in which all seeds answered and stood for nobody,
 * so this is rare. What remains is a promise to a node whose disk was lost before it founded: nobody can know whether it did,
 * so the others wait, and say for whom.
 */
public final class FoundingProcess {
    /** The longest time that an answer may take. */
    public static final long ANSWER_MILLIS = 3_000;

    /** How often {@link #tick} should be called. */
    public static final long TICK_MILLIS = 100;

    private static final long ROUND_MILLIS = 1_000;
    private static final long REMINDER_MILLIS = 60_000;
    private static final int HELD_MAX = 256;

    private final VoteRules rules;
    private final List<String> seeds;
    private final Partitioning partitioning;
    private final RandomSource random;
    private final Outbox outbox;
    private final Queue<Held> held = new ArrayDeque<>();
    private boolean init;
    private Ballot ballot;
    private @Nullable Ballot storing;
    private @Nullable Asker waitingForStore;
    private @Nullable Round round;
    private long rounds;
    private long remindedMillis = Long.MIN_VALUE;
    private boolean decided;

    private record Held(NodeId from, Question question, Asker asker) {}

    /**
     * @param ballot as it is on the disk, or a blank one
     * @param seeds as people know them; the process may be among them
     * @param init whether it was told to found a cluster
     * @param partitioning of a cluster that it founds
     */
    public FoundingProcess(
            Ballot ballot,
            List<String> seeds,
            boolean init,
            Partitioning partitioning,
            RandomSource random,
            Outbox outbox) {
        this(VoteRules.ALL, ballot, seeds, init, partitioning, random, outbox);
    }

    FoundingProcess(
            VoteRules rules,
            Ballot ballot,
            List<String> seeds,
            boolean init,
            Partitioning partitioning,
            RandomSource random,
            Outbox outbox) {
        this.rules = rules;
        this.ballot = ballot;
        this.seeds = List.copyOf(seeds);
        this.init = init;
        this.partitioning = partitioning;
        this.random = random;
        this.outbox = outbox;
    }

    /** As whom it asks, and joins or founds. */
    NodeId node() {
        return ballot.node();
    }

    /** Begins. */
    public void start(long nowMillis) {
        if (!seeds.isEmpty()) {
            beginRound(nowMillis);
        } else if (!init) {
            await(nowMillis, "its data directory is empty, and neither --init nor --seeds was given");
        } else {
            foundAlone();
        }
    }

    /**
     * Somebody tells it to found a cluster, now that it runs; from here on it is as if it had been told at its start. To be told
     * again changes nothing.
     *
     * @return why it never will; null if it tries, or has decided
     */
    public @Nullable String onInit(long nowMillis) {
        String refusal = decided ? null : refusalToFoundAlone();
        if (refusal == null && !decided && !init) {
            init = true;
            tick(nowMillis);
        }
        return refusal;
    }

    /** Without seeds nobody could say whether the one that it stands for has founded. */
    private @Nullable String refusalToFoundAlone() {
        Vote vote = ballot.vote();
        return vote == null || !seeds.isEmpty() || !ballot.isPromise()
                ? null
                : "this node has promised to stand for node " + vote.founder() + ", which may have founded cluster "
                        + vote.cluster() + ": give --seeds, or an empty data directory";
    }

    private void foundAlone() {
        String refusal = refusalToFoundAlone();
        if (refusal != null) {
            decide(Kind.REFUSE, null, refusal);
        } else {
            Vote vote = ballot.vote();
            ClusterId cluster = vote == null ? ClusterId.random(random) : vote.cluster();
            decide(Kind.FOUND, new Membership(cluster, partitioning), "it was told to, and has no seeds");
        }
    }

    /** Time passes. */
    public void tick(long nowMillis) {
        if (decided) {
            return;
        }
        if (seeds.isEmpty()) {
            start(nowMillis);
        } else if (storing == null && (round == null || isRoundDue(round, nowMillis))) {
            beginRound(nowMillis);
        }
    }

    private static boolean isRoundDue(Round round, long nowMillis) {
        return round.isOver() && nowMillis - round.beganMillis() >= ROUND_MILLIS;
    }

    private void beginRound(long nowMillis) {
        Round begun = new Round(++rounds, Question.with(ballot), nowMillis, seeds);
        round = begun;
        for (int seed = 0; seed < seeds.size(); seed++) {
            outbox.ask(begun.number(), seed, begun.question());
        }
    }

    /** A seed said what it is. */
    public void onAnswer(long number, int seed, Answer answer, long nowMillis) {
        Round current = current(number);
        if (current != null) {
            current.onAnswer(seed, answer);
            conclude(current, nowMillis);
        }
    }

    /**
     * A seed said nothing.
     *
     * @param isSelf the address turned out to be this node's own
     */
    public void onSilence(long number, int seed, boolean isSelf, String why, long nowMillis) {
        Round current = current(number);
        if (current != null) {
            current.onSilence(seed, isSelf, why);
            conclude(current, nowMillis);
        }
    }

    private @Nullable Round current(long number) {
        return decided || round == null || round.number() != number ? null : round;
    }

    private void conclude(Round over, long nowMillis) {
        if (!over.isOver() || storing != null) {
            return;
        }
        List<Membership> found = over.memberships();
        if (found.size() > 1) {
            decide(
                    Kind.REFUSE,
                    null,
                    "the seeds belong to different clusters: " + over.describeMembers() + "; name nodes of one alone");
        } else if (found.size() == 1) {
            decide(Kind.JOIN, found.get(0), over.describeMembers());
        } else if (rules.isCurrent(ballot, over)) {
            concludeWithoutCluster(over, nowMillis);
        }
    }

    /** On the ballot with which the seeds were asked. */
    private void concludeWithoutCluster(Round over, long nowMillis) {
        Vote vote = ballot.vote();
        if (vote != null && rules.mayFound(ballot, over)) {
            decide(Kind.FOUND, new Membership(vote.cluster(), partitioning), "it was told to, and all seeds promised");
        } else if (init && rules.mayIntend(ballot, over)) {
            round = null;
            store(ballot.intending(ClusterId.random(random)), null);
        } else {
            await(nowMillis, reason(over));
        }
    }

    private String reason(Round over) {
        Vote vote = ballot.vote();
        if (vote == null) {
            return (init ? "not all seeds are ready for its founding of a cluster: " : "no seed is of a cluster yet: ")
                    + over.describe();
        }
        if (ballot.isIntent()) {
            return "not all seeds have promised its founding of cluster " + vote.cluster() + ": " + over.describe();
        }
        return "it has promised node " + vote.founder() + " to let it found cluster " + vote.cluster()
                + " (if that node is lost for good, remove the file 'founding' from the data directories of those that"
                + " wait for it): " + over.describe();
    }

    private void await(long nowMillis, String reason) {
        outbox.waiting(reason);
        if (remindedMillis == Long.MIN_VALUE || nowMillis - remindedMillis >= REMINDER_MILLIS) {
            remindedMillis = nowMillis;
            outbox.remind(reason);
        }
    }

    private void decide(Kind kind, @Nullable Membership membership, String reason) {
        decided = true;
        held.clear();
        outbox.decide(new Decision(kind, ballot.node(), membership, reason));
    }

    /** Another node without a cluster asks; answered once what it changes is durable, and not at all after the decision. */
    public void onQuestion(NodeId from, Question question, Asker asker) {
        if (decided) {
            return;
        }
        if (storing != null) {
            if (held.size() < HELD_MAX) {
                held.add(new Held(from, question, asker));
            }
            return;
        }
        Ballot next = rules.after(ballot, from, question);
        if (next.equals(ballot)) {
            asker.answer(Answer.unfounded(ballot.vote()));
        } else {
            store(next, asker);
        }
    }

    private void store(Ballot next, @Nullable Asker asker) {
        storing = next;
        waitingForStore = asker;
        outbox.store(next);
    }

    /** The ballot of {@link Outbox#store} is durable. */
    public void onStored() {
        if (storing == null) {
            throw new IllegalStateException("nothing is being stored");
        }
        ballot = storing;
        storing = null;
        Asker asker = waitingForStore;
        waitingForStore = null;
        if (decided) {
            return;
        }
        if (asker != null) {
            asker.answer(Answer.unfounded(ballot.vote()));
        }
        while (storing == null && !held.isEmpty()) {
            Held next = held.remove();
            onQuestion(next.from(), next.question(), next.asker());
        }
    }
}
