package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.move.MoveAction.Ask;
import io.chordata.node.partition.move.MoveAction.Backfill;
import io.chordata.node.partition.move.MoveAction.HandOver;
import io.chordata.node.partition.move.MoveAction.Order;
import io.chordata.node.partition.move.MoveAction.Propose;
import io.chordata.node.partition.move.MoveAction.Settle;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftRole;
import io.chordata.node.partition.raft.RaftView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One term of a leader, as far as the members of its group are concerned: compares the desired with the actual ones at each
 * tick and says what to do next, one thing at a time. It rests on the group's newest configuration alone, and only once that is
 * committed; what else it knows (who agreed, what is backfilled and settled, who is owed an order) may be lost with the
 * leader, and is found out again by the next.
 *
 * <pre>
 * a voter that goes, or two that come:
 *   ask the newcomer -> add it as learner -> backfill -> enter the joint configuration -> settle -> leave it -> order
 *                                                          newcomer dies: return <-'
 * </pre>
 *
 * <p>Invariants: voters are never fewer than before; no voter goes but for one that is alive, close behind and backfilled; a
 * joint configuration is left only if what was listed for that very configuration was brought to most of the new voters, and
 * those who came are still well.
 */
final class Mover {
    private static final long NOTHING = -1;
    private static final int OWED_MAX = 16;
    /** Who was down for all of them asks by itself when it is back. */
    private static final int ORDERS_MAX = 4;

    private static final int RETRIES_UNTIL_MUTE = 10;
    private static final int RETRIES_UNTIL_LOST = 4;
    private static final int RETRIES_BEHIND_OTHERS = 4;

    private final PartitionId partition;
    private final MoveOptions options;
    private final MoveRules rules;
    private final long term;
    private final Observed observed = new Observed();
    /** Of nodes that are to come, and of those who come: of those it is done while the last answer counts. */
    private final Map<NodeId, Attempt> questions = new TreeMap<>();

    /** Until when others come before it, as it refused. */
    private final Map<NodeId, Long> refusedUntil = new TreeMap<>();

    private final Map<Member, Attempt> backfills = new TreeMap<>();
    /** When this leader first saw it. */
    private final Map<Member, Long> learnerSince = new TreeMap<>();

    private final Map<RemovalKey, Attempt> owed = new TreeMap<>();
    private Attempt settle = new Attempt();
    private long settleIndex = NOTHING;
    /** Or when it was elected. */
    private long handedOverMillis;

    /** A leader that is to go hands over first, so that nobody waits for the next; it tries once. */
    private boolean hasMadeWay;

    private @Nullable Configuration before;
    private boolean isMoving;
    private @Nullable MovePriority wanted;
    private @Nullable NewcomerAnswer refusal;

    /** Ordered by member. */
    private record RemovalKey(RemovalOrder order) implements Comparable<RemovalKey> {
        @Override
        public int compareTo(RemovalKey other) {
            return order.removed().compareTo(other.order.removed());
        }
    }

    /** What a tick looks at. */
    private record Look(long nowMillis, RaftView view, Desired desired, boolean braked, boolean mayBegin) {
        Configuration configuration() {
            return view.configuration();
        }
    }

    Mover(PartitionId partition, long term, long electedMillis, MoveOptions options, MoveRules rules) {
        this.partition = partition;
        this.term = term;
        this.handedOverMillis = electedMillis;
        this.options = options;
        this.rules = rules;
    }

    long term() {
        return term;
    }

    /** Whether members are on their way: it takes part in the moves that this node may lead at a time. */
    boolean isMoving() {
        return isMoving;
    }

    /** Whether it has more to do than to wait for another placement. */
    boolean isBusy() {
        return isMoving || wanted != null || !owed.isEmpty();
    }

    /** How urgent a move is that it would begin if it might; null if there is none. */
    @Nullable
    MovePriority wanted() {
        return wanted;
    }

    /** Why the last newcomer that was asked does not come; null if it does. */
    @Nullable
    NewcomerAnswer refusal() {
        return refusal;
    }

    /**
     * @param mayBegin whether this node may lead one more move
     * @return what to do next, if anything
     */
    @Nullable
    MoveAction onTick(long nowMillis, RaftView view, Surroundings around, boolean mayBegin) {
        Look look = new Look(nowMillis, view, around.desired(partition), around.isBraked(), mayBegin);
        wanted = null;
        if (view.role() != RaftRole.LEADER || view.term() != term) {
            isMoving = false;
            return null;
        }
        observed.look(nowMillis, interesting(look), around);
        refusedUntil.values().removeIf(until -> until <= nowMillis);
        Configuration current = view.configuration();
        isMoving = current.isJoint();
        if (current.index() > view.commitIndex()) {
            return null;
        }
        note(new Committed(view.generation(), current, view.commitIndex()), nowMillis);
        MoveAction step = current.isJoint() ? whileJoint(look) : whileWhole(look);
        return step != null ? step : nextOrder(nowMillis);
    }

    private static Set<NodeId> interesting(Look look) {
        Set<NodeId> nodes = new TreeSet<>(look.desired().members());
        look.configuration().members().forEach(member -> nodes.add(member.node()));
        return nodes;
    }

    // what the last change left to do

    private void note(Committed committed, long nowMillis) {
        Configuration current = committed.configuration();
        if (before != null && !before.equals(current)) {
            before.members().forEach(member -> owe(committed, member, nowMillis));
        }
        before = current;
        backfills.keySet().retainAll(current.learners());
        learnerSince.keySet().retainAll(current.learners());
        current.learners().forEach(learner -> learnerSince.putIfAbsent(learner, nowMillis));
        if (settleIndex != current.index()) {
            settle = new Attempt();
            settleIndex = NOTHING;
        }
    }

    private void owe(Committed committed, Member member, long nowMillis) {
        RemovalOrder order = RemovalOrder.of(committed, member, rules);
        if (order != null && owed.size() < OWED_MAX) {
            owed.computeIfAbsent(new RemovalKey(order), key -> new Attempt()).expire(nowMillis);
        }
    }

    private @Nullable MoveAction nextOrder(long nowMillis) {
        owed.values().removeIf(Attempt::isDone);
        for (Map.Entry<RemovalKey, Attempt> entry : owed.entrySet()) {
            if (entry.getValue().isDue(nowMillis)) {
                entry.getValue().begin();
                return new Order(entry.getKey().order());
            }
        }
        return null;
    }

    /** @param confirmed whether the removed one said that nothing of that tenure is left there */
    void onOrderConfirmed(RemovalOrder order, boolean confirmed, long nowMillis) {
        Attempt attempt = owed.get(new RemovalKey(order));
        if (attempt != null) {
            attempt.end(confirmed, nowMillis + options.retryMillis());
            if (!confirmed && attempt.begun() >= ORDERS_MAX) {
                owed.remove(new RemovalKey(order));
            }
        }
    }

    // joint

    private @Nullable MoveAction whileJoint(Look look) {
        Configuration joint = look.configuration();
        List<Member> newcomers = new ArrayList<>(joint.voters());
        newcomers.removeAll(joint.outgoing());
        if (newcomers.stream()
                .anyMatch(newcomer -> rules.returnsFrom(observed.of(newcomer.node())) || isLost(newcomer, look))) {
            return new Propose(new Change.ReturnFromJoint());
        }
        boolean areReady = newcomers.stream().allMatch(newcomer -> isReady(newcomer, look));
        if (areReady && rules.mayLeave(settledIndex(), joint.index())) {
            return new Propose(new Change.LeaveJoint());
        }
        MoveAction reminder = remind(newcomers, look);
        if (reminder != null) {
            return reminder;
        }
        if (settle.isDue(look.nowMillis())) {
            settle.begin();
            settleIndex = joint.index();
            return new Settle(joint);
        }
        return null;
    }

    private long settledIndex() {
        return settle.isDone() ? settleIndex : NOTHING;
    }

    void onSettled(Configuration joint, boolean well, long nowMillis) {
        if (joint.index() == settleIndex) {
            settle.end(well, nowMillis + options.retryMillis());
        }
    }

    // not joint

    private @Nullable MoveAction whileWhole(Look look) {
        Configuration current = look.configuration();
        Desired desired = look.desired();
        Course course = Course.of(
                current,
                desired.members(),
                voter -> isLost(voter, look),
                voter -> mayLeave(voter, look),
                observed::of,
                node -> refusedUntil.containsKey(node),
                look.view().self());
        List<Member> coming = coming(current, course);
        isMoving = !coming.isEmpty();
        boolean steady = !desired.members().isEmpty()
                && rules.isSteady(look.nowMillis() - desired.sinceMillis(), options.steadyMillis());
        MoveAction onTheWay = bring(coming, steady, look);
        if (!steady) {
            questions.keySet().removeIf(node -> !isLearner(current, node));
        }
        if (onTheWay != null || !steady) {
            return onTheWay;
        }
        Member superfluous = superfluous(course, look);
        if (superfluous != null) {
            return new Propose(new Change.RemoveLearner(superfluous));
        }
        MoveAction step = enter(course, look);
        if (step == null) {
            step = add(course, look);
        }
        return step == null && !isMoving ? handOverToDesired(look) : step;
    }

    /** Who is not desired, or never answered though its node is alive: what that holds is of another tenure, or dead. */
    private @Nullable Member superfluous(Course course, Look look) {
        if (!course.superfluous().isEmpty()) {
            return course.superfluous().get(0);
        }
        long muteMillis = RETRIES_UNTIL_MUTE * options.retryMillis();
        return look.view().followers().stream()
                .filter(follower -> !follower.hasAnswered())
                .map(RaftView.Follower::member)
                .filter(member -> look.configuration().isLearner(member))
                .filter(member -> isOld(member, muteMillis, look))
                .findFirst()
                .orElse(null);
    }

    /** Its node is there, and lost what it had as this voter, as it seems; before it is added anew it is asked. */
    private boolean isLost(Member voter, Look look) {
        Configuration current = look.configuration();
        return current.isDead(voter)
                || (look.view().followers().stream()
                                .anyMatch(follower -> follower.member().equals(voter) && !follower.hasAnswered())
                        && observed.millisIn(NodeCondition.ALIVE, voter.node(), look.nowMillis())
                                >= RETRIES_UNTIL_LOST * options.retryMillis());
    }

    private boolean isOld(Member learner, long millis, Look look) {
        Long since = learnerSince.get(learner);
        return since != null
                && look.nowMillis() - since >= millis
                && observed.millisIn(NodeCondition.ALIVE, learner.node(), look.nowMillis()) >= millis;
    }

    /** Learners that are not yet what they are to be: voters, or learners with all that there is. */
    private List<Member> coming(Configuration current, Course course) {
        return current.learners().stream()
                .filter(learner -> course.entering().contains(learner.node())
                        || (course.wanted().contains(learner.node()) && !isBackfilled(learner)))
                .toList();
    }

    private boolean isBackfilled(Member learner) {
        Attempt backfill = backfills.get(learner);
        return backfill != null && backfill.isDone();
    }

    private boolean mayLeave(Member voter, Look look) {
        return switch (observed.of(voter.node())) {
            case DOWN ->
                rules.isReplaceable(
                        observed.millisIn(NodeCondition.DOWN, voter.node(), look.nowMillis()),
                        options.replaceAfterMillis(),
                        look.braked());
            case SUSPECT -> false;
            case ALIVE, DRAINING, GONE -> true;
        };
    }

    /**
     * One that has all blocks and waits for the others that are to enter with it counts no more: several groups that each had
     * one and wanted another would wait for each other for ever.
     *
     * @param steady whether more may begin
     */
    private @Nullable MoveAction bring(List<Member> coming, boolean steady, Look look) {
        MoveAction reminder =
                remind(coming.stream().filter(learner -> !isBackfilled(learner)).toList(), look);
        if (reminder != null || !steady) {
            return reminder;
        }
        for (Member learner : coming) {
            Attempt backfill = backfills.computeIfAbsent(learner, key -> new Attempt());
            if (backfill.isDue(look.nowMillis())) {
                backfill.begin();
                return new Backfill(look.configuration(), learner);
            }
        }
        return null;
    }

    /** A newcomer counts the moves to it by what their leaders say. */
    private @Nullable MoveAction remind(List<Member> newcomers, Look look) {
        for (Member newcomer : newcomers) {
            Attempt question = questions.computeIfAbsent(newcomer.node(), key -> new Attempt());
            if (question.isDue(look.nowMillis())) {
                question.begin();
                return new Ask(newcomer.node(), look.desired().members(), true);
            }
        }
        return null;
    }

    void onBackfilled(Member learner, boolean well, long nowMillis) {
        Attempt backfill = backfills.get(learner);
        if (backfill != null) {
            backfill.end(well, nowMillis + options.retryMillis());
        }
    }

    private @Nullable MoveAction enter(Course course, Look look) {
        List<Member> next = course.nextVoters(look.configuration());
        if (next == null || !areReady(course.entering(), look) || !isMostReady(next, look)) {
            return null;
        }
        boolean isInTheWay = look.view().self().equals(course.leaver()) && !hasMadeWay;
        Member successor = isInTheWay ? successor(look, 0) : null;
        if (successor != null) {
            hasMadeWay = true;
            return handOver(successor, look);
        }
        return new Propose(new Change.EnterJoint(next));
    }

    private boolean areReady(List<NodeId> entering, Look look) {
        for (NodeId node : entering) {
            Member learner = look.configuration().memberOf(node);
            boolean filled = learner != null && (isBackfilled(learner) || !rules.isBackfillNeeded());
            if (learner == null || !filled || !isReady(learner, look)) {
                return false;
            }
        }
        return true;
    }

    private boolean isMostReady(List<Member> voters, Look look) {
        long ready = voters.stream().filter(voter -> isReady(voter, look)).count();
        return 2 * ready > voters.size();
    }

    /** Whether it answers and is close behind. */
    private boolean isReady(Member member, Look look) {
        if (member.equals(look.view().self())) {
            return true;
        }
        NodeCondition condition = observed.of(member.node());
        return (condition == NodeCondition.ALIVE || condition == NodeCondition.DRAINING)
                && look.view().followers().stream()
                        .anyMatch(follower -> follower.member().equals(member)
                                && rules.isClose(
                                        follower.isReplicating(),
                                        follower.match(),
                                        look.view().lastIndex(),
                                        options.closeEntries()));
    }

    private @Nullable MoveAction add(Course course, Look look) {
        List<NodeId> candidates = course.wanted().stream()
                .filter(node -> change(node, look).refusal(look.configuration()) == null)
                .filter(node -> observed.of(node) == NodeCondition.ALIVE)
                .toList();
        questions.keySet().removeIf(node -> !candidates.contains(node) && !isLearner(look.configuration(), node));
        NodeId newcomer = nextToAsk(candidates, look.nowMillis());
        if (newcomer == null) {
            return null;
        }
        Attempt question = questions.computeIfAbsent(newcomer, key -> new Attempt());
        if (question.isDone()) {
            questions.remove(newcomer);
            isMoving = true;
            return new Propose(change(newcomer, look));
        }
        if (!question.isDue(look.nowMillis())) {
            isMoving |= question.isUnderWay();
            return null;
        }
        if (!look.mayBegin() && !isMoving) {
            wanted = priority(course, look);
            return null;
        }
        question.begin();
        isMoving = true;
        return new Ask(newcomer, look.desired().members(), false);
    }

    /** One at a time, the first of those who did not just refuse. */
    private @Nullable NodeId nextToAsk(List<NodeId> candidates, long nowMillis) {
        for (NodeId node : candidates) {
            Attempt question = questions.get(node);
            if (question != null && (question.isDone() || question.isUnderWay())) {
                return node;
            }
        }
        return candidates.stream()
                .filter(node -> !questions.containsKey(node)
                        || Objects.requireNonNull(questions.get(node)).isDue(nowMillis))
                .findFirst()
                .orElse(null);
    }

    private static boolean isLearner(Configuration configuration, NodeId node) {
        Member member = configuration.memberOf(node);
        return member != null && configuration.isLearner(member);
    }

    private static Change change(NodeId newcomer, Look look) {
        Member member = look.configuration().memberOf(newcomer);
        return member == null ? new Change.AddLearner(newcomer) : new Change.Renew(member);
    }

    private MovePriority priority(Course course, Look look) {
        List<Member> voters = look.configuration().voters();
        long live = voters.stream()
                .filter(voter -> observed.of(voter.node()).isUp())
                .count();
        Member leaver = course.leaver();
        boolean draining = leaver != null && observed.of(leaver.node()) == NodeCondition.DRAINING;
        return new MovePriority((int) live, draining);
    }

    /** @param answer null if none came */
    void onAnswer(Ask ask, @Nullable NewcomerAnswer answer, long nowMillis) {
        Attempt question = questions.get(ask.newcomer());
        if (question == null) {
            return;
        }
        if (ask.isComing()) {
            question.expire(nowMillis + options.retryMillis());
        } else {
            boolean isWelcome = answer == NewcomerAnswer.WELCOME;
            refusal = isWelcome ? null : answer;
            if (!isWelcome) {
                refusedUntil.put(ask.newcomer(), nowMillis + RETRIES_BEHIND_OTHERS * options.retryMillis());
            }
            question.end(isWelcome, nowMillis + options.retryMillis());
        }
    }

    // who leads

    /** The first of the desired ones that is healthy, once nobody is on the way. */
    private @Nullable MoveAction handOverToDesired(Look look) {
        Member self = look.view().self();
        boolean isDraining = observed.of(self.node()) == NodeCondition.DRAINING;
        Member successor = successor(look, isDraining ? 0 : options.healthyMillis());
        if (successor == null || successor.equals(self)) {
            return null;
        }
        boolean may = (isDraining && look.nowMillis() - handedOverMillis >= options.retryMillis())
                || rules.mayHandOver(
                        look.nowMillis() - handedOverMillis,
                        options.leaderPauseMillis(),
                        observed.millisIn(NodeCondition.ALIVE, successor.node(), look.nowMillis()),
                        options.healthyMillis());
        return may ? handOver(successor, look) : null;
    }

    /** The first of the desired members that votes, is ready and has been healthy for so long; this leader counts as such. */
    private @Nullable Member successor(Look look, long healthyMillis) {
        Member self = look.view().self();
        for (NodeId node : look.desired().members()) {
            Member member = look.configuration().memberOf(node);
            if (member == null || !look.configuration().isVoter(member)) {
                continue;
            }
            boolean healthy = member.equals(self)
                    || observed.millisIn(NodeCondition.ALIVE, node, look.nowMillis()) >= healthyMillis;
            if (healthy && isReady(member, look)) {
                return member;
            }
        }
        return null;
    }

    private MoveAction handOver(Member successor, Look look) {
        handedOverMillis = look.nowMillis();
        return new HandOver(successor);
    }
}
