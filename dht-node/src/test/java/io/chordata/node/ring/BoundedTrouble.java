package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.RingCluster.Envelope;
import io.chordata.node.ring.RingCluster.Node;
import io.chordata.node.ring.view.Position;
import io.chordata.node.sim.SimNetwork;
import io.chordata.node.sim.SimNetwork.Weather;
import io.chordata.node.sim.SimRandom;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * As much as the assumptions of Zave's proof allow: the base stays, no member loses all live entries, and nobody who lives is
 * taken for dead, but by those of whom a long cut beside the base parts it.
 *
 * <p>For the latter one attempt at each question gets through in time. Loss and lateness may cost some attempts. Cuts and
 * pauses are so brief that they cost no more than all others but one, and while one of them may still tell, there is no
 * other.
 */
final class BoundedTrouble extends RingTrouble {
    private static final int INTERVAL_MILLIS = 500;
    private static final int MARGIN_MILLIS = 50;
    private static final SimNetwork.Cut NONE = (from, to) -> false;

    private final int delayMillisMax;
    private final int briefMillisMax;
    private final Set<String> apart = new TreeSet<>();
    private SimNetwork.Cut brief = NONE;
    private SimNetwork.Cut beside = NONE;
    /** The one before, while questions are open that it may have cost most of their attempts. */
    private SimNetwork.Cut healedBeside = NONE;

    private boolean wasEverCutBeside;
    private long freeMillis;

    BoundedTrouble(RingCluster cluster, SimRandom random, int nodesMax) {
        super(cluster, random, nodesMax);
        int attempts = cluster.options().attempts();
        int harmMax = random.nextInt(attempts - 1);
        this.delayMillisMax = 1 + random.nextInt(random.chance(0.5) ? 50 : 200);
        this.briefMillisMax = INTERVAL_MILLIS * (attempts - 1 - harmMax) - 2 * delayMillisMax - MARGIN_MILLIS;
        cluster.network.harmOnly(new BoundedHarm(harmMax));
        cluster.network.cut((from, to) -> brief.isCut(from, to) || beside.isCut(from, to));
        cluster.watchSilence(this::checkSilence);
    }

    static RingOptions options(SimRandom random) {
        int entries = 2 + random.nextInt(7);
        int nodes = 1 + random.nextInt(4);
        int attempts = 3 + random.nextInt(3);
        return new RingOptions(
                entries,
                nodes,
                1_000,
                10_000,
                (long) attempts * INTERVAL_MILLIS,
                attempts,
                random.chance(0.5) ? 10_000 : 2_000,
                250,
                5_000,
                1 + random.nextInt(50),
                new RingOptions.Routing(random.chance(0.7), random.chance(0.7), false));
    }

    @Override
    Weather weather() {
        return new Weather(
                1,
                delayMillisMax,
                random.nextInt(5) / 20.0,
                random.chance(0.5) ? 0.1 : 0,
                random.nextInt(5) / 40.0,
                5_000);
    }

    @Override
    Set<Act> repertoire() {
        return EnumSet.allOf(Act.class);
    }

    @Override
    void strike() {
        forgetWhoWent();
        switch (random.nextInt(13)) {
            case 0, 1 -> join();
            case 2, 3, 4 -> fail(random.chance(0.3));
            case 5, 6 -> bringOneBack();
            case 7 -> lookUpAnything();
            case 8, 9 -> cutBriefly();
            case 10 -> pauseBriefly();
            case 11 -> jumpOnce();
            default -> cutBesideTheBase();
        }
    }

    private void bringOneBack() {
        List<Node> down = cluster.nodes.stream().filter(node -> !node.isUp()).toList();
        if (!down.isEmpty()) {
            comeBack(down.get(random.nextInt(down.size())));
        }
    }

    private boolean isFree() {
        return cluster.nowMillis() >= freeMillis && briefMillisMax > 0;
    }

    /** Until no question is open any more that it may have cost an attempt, or time. */
    private void occupy(int millis) {
        freeMillis = cluster.nowMillis()
                + 2L * millis
                + cluster.options().questionMillis()
                + 2L * delayMillisMax
                + MARGIN_MILLIS;
    }

    private void cutBriefly() {
        if (!isFree()) {
            return;
        }
        int millis = 1 + random.nextInt(briefMillisMax);
        long salt = random.nextLong();
        boolean isOneWay = random.chance(0.5);
        occupy(millis);
        count(isOneWay ? Act.CUT_ONE_WAY : Act.CUT);
        brief = (from, to) ->
                isOneWay ? isLeft(from, salt) && !isLeft(to, salt) : isLeft(from, salt) != isLeft(to, salt);
        cluster.scheduler.after(millis * RingCluster.NANOS_PER_MILLI, () -> brief = NONE);
    }

    private void pauseBriefly() {
        Node node = anyNode();
        if (node.isUp() && isFree()) {
            int millis = 1 + random.nextInt(briefMillisMax);
            occupy(millis);
            pause(node, millis);
        }
    }

    /** Costs at most the attempt that is under way: the next one has all its time. */
    private void jumpOnce() {
        Node node = anyNode();
        if (node.isUp() && isFree()) {
            occupy(INTERVAL_MILLIS);
            jump(node);
        }
    }

    /** Whoever is back is on no side: it may adopt a list in which it could reach nobody. */
    private void forgetWhoWent() {
        Set<String> there = new TreeSet<>();
        cluster.nodes.stream()
                .filter(Node::isUp)
                .forEach(node -> there.add(node.contact().address().host()));
        apart.retainAll(there);
    }

    private void cutBesideTheBase() {
        if (beside != NONE) {
            healBeside();
            return;
        }
        apart.clear();
        cluster.nodes.stream()
                .filter(node -> node.isUp() && !node.isBase && node.machine().isJoined())
                .forEach(node -> apart.add(node.contact().address().host()));
        long salt = random.nextLong();
        SimNetwork.Cut next = (from, to) ->
                apart.contains(from.host()) && apart.contains(to.host()) && isLeft(from, salt) != isLeft(to, salt);
        if (isCutting(next) && isBearable(null, next)) {
            count(Act.CUT_BESIDE_THE_BASE);
            beside = next;
            wasEverCutBeside = true;
        }
    }

    private void healBeside() {
        SimNetwork.Cut healed = beside;
        healedBeside = healed;
        beside = NONE;
        long millis = cluster.options().questionMillis() + 2L * delayMillisMax + MARGIN_MILLIS;
        cluster.scheduler.after(
                millis * RingCluster.NANOS_PER_MILLI,
                () -> healedBeside = healedBeside == healed ? NONE : healedBeside);
    }

    private boolean isCutting(SimNetwork.Cut cut) {
        return cluster.nodes.stream()
                .anyMatch(from -> cluster.nodes.stream()
                        .anyMatch(to ->
                                cut.isCut(from.contact().address(), to.contact().address())));
    }

    private void checkSilence(Node asker, NodeId silentId) {
        Node silent = cluster.node(silentId);
        boolean mayBe = wasEverCutBeside && !asker.isBase && !silent.isBase;
        if (silent.isInItsFirstLife() && !mayBe) {
            throw new AssertionError("the simulation does not keep its promise: " + asker + " takes " + silent
                    + " for dead, which lives");
        }
    }

    @Override
    boolean mayFail(Node node) {
        return !node.isBase && isBearable(node, beside);
    }

    /** Whether nobody would be left without a live entry: no member now, and nobody who adopts a list that is under way. */
    private boolean isBearable(@Nullable Node gone, SimNetwork.Cut cut) {
        Support support = new Support(gone, cut);
        return cluster.nodes.stream().filter(Node::isUp).allMatch(support::holdsAllOf)
                && cluster.unheard().stream().allMatch(support::holdsIfAdopted);
    }

    /** Who could be relied on. */
    private final class Support {
        private final @Nullable Node gone;
        private final SimNetwork.Cut cut;
        private final NavigableMap<RingId, RingMember> members = cluster.members();
        private final Set<NodeId> doubtful = new TreeSet<>();

        Support(@Nullable Node gone, SimNetwork.Cut cut) {
            this.gone = gone;
            this.cut = cut;
            cluster.unheard().stream()
                    .filter(envelope -> saysThatItIsNoMember(envelope.message()))
                    .forEach(envelope -> doubtful.add(envelope.from()));
        }

        boolean holdsAllOf(Node holder) {
            if (holder == gone) {
                return true;
            }
            for (RingMember member : holder.machine().members()) {
                if (!holds(holder, member.pointers().successors())) {
                    return false;
                }
            }
            return true;
        }

        boolean holdsIfAdopted(Envelope envelope) {
            Node receiver = cluster.node(envelope.to().node());
            if (!(envelope.message() instanceof RingMessage.Answers answers) || !receiver.isUp()) {
                return true;
            }
            return answers.answers().stream()
                    .filter(answer -> answer instanceof Answer.Told)
                    .map(answer -> ((Answer.Told) answer).pointers().successors())
                    .allMatch(list -> holds(receiver, list.subList(0, Math.max(1, list.size() - 1))));
        }

        private boolean holds(Node holder, Collection<Position> list) {
            return list.stream().anyMatch(entry -> isReliable(holder, entry));
        }

        /** In the life in which the holder knows it. */
        private boolean isReliable(Node holder, Position entry) {
            Node owner = cluster.node(entry.owner().node());
            return owner != gone
                    && owner.isUp()
                    && owner.contact().equals(entry.owner())
                    && members.containsKey(entry.id())
                    && !doubtful.contains(owner.id)
                    && !holder.takesForDead(owner)
                    && !isParted(holder, owner, cut)
                    && !isParted(holder, owner, healedBeside);
        }

        private static boolean isParted(Node one, Node other, SimNetwork.Cut cut) {
            return cut.isCut(one.contact().address(), other.contact().address())
                    || cut.isCut(other.contact().address(), one.contact().address());
        }
    }

    /** It may be heard only when that is not true any more. */
    private static boolean saysThatItIsNoMember(RingMessage message) {
        if (message instanceof RingMessage.Answers answers) {
            return answers.answers().stream().anyMatch(answer -> answer instanceof Answer.NotMember);
        }
        if (message instanceof RingMessage.Questions questions) {
            return questions.questions().stream()
                    .anyMatch(question -> question instanceof Question.AskPointers asked && asked.joining() != null);
        }
        List<Notice> notices = ((RingMessage.Notices) message).notices();
        return notices.stream().anyMatch(notice -> notice instanceof Notice.Leaving);
    }
}
