package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.sim.SimScheduler;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The verbs of which scenarios are written: a group whose nodes do what they are told, as far as the rules let them. */
final class RaftScript {
    static final long DAY_MILLIS = 86_400_000;

    final RaftCluster cluster;
    private long nextId = 1;

    private RaftScript(RaftCluster cluster) {
        this.cluster = cluster;
    }

    /** Nodes 1 to {@code size} are up; the first {@code voters} of them have founded the group. Nobody may campaign yet. */
    static RaftScript begin(long seed, RaftRules rules, RaftOptions options, int size, int voters) {
        List<Member> founders =
                Members.founders(IntStream.rangeClosed(1, voters).toArray());
        Configuration founding = new Configuration(0, founders, List.of(), List.of());
        RaftScript script = new RaftScript(
                new RaftCluster(new SimScheduler(seed), options, RaftHabits.PLAIN, rules, size, founding));
        script.onlyMayCampaign();
        script.cluster.startAll();
        return script;
    }

    static RaftScript of(RaftCluster cluster) {
        return new RaftScript(cluster);
    }

    RaftNode node(int number) {
        return cluster.nodes.get(number - 1);
    }

    RaftReplica replica(int number) {
        return Objects.requireNonNull(node(number).replica(), () -> "node " + number + " is no member");
    }

    RaftView view(int number) {
        return replica(number).group().view();
    }

    Member member(int number) {
        return replica(number).self;
    }

    List<Member> members(int... numbers) {
        return Arrays.stream(numbers).mapToObj(this::member).toList();
    }

    /** The term of the one that leads. */
    long term() {
        return leader().leadsIn();
    }

    RaftReplica leader() {
        return Objects.requireNonNull(cluster.leader(), () -> "nobody leads: " + cluster);
    }

    void onlyMayCampaign(int... numbers) {
        for (RaftNode node : cluster.nodes) {
            node.allowCampaign(Arrays.stream(numbers).anyMatch(number -> number == node.number));
        }
    }

    void everybodyMayCampaign() {
        cluster.nodes.forEach(node -> node.allowCampaign(true));
    }

    /** From now on nobody else stands; soon it leads, and what was in its log is committed. */
    RaftReplica elect(int number) {
        standAlone(number);
        await(
                "the first commit of " + number,
                () -> view(number).commitIndex() == view(number).lastIndex());
        return replica(number);
    }

    /** Soon it leads, whatever its followers have. */
    RaftReplica standAlone(int number) {
        onlyMayCampaign(number);
        await(number + " to lead", () -> isLeader(number));
        return replica(number);
    }

    boolean isLeader(int number) {
        return cluster.leader() != null && cluster.leader().node.number == number;
    }

    void await(String what, BooleanSupplier condition) {
        await(what, 5_000, condition);
    }

    void await(String what, long millis, BooleanSupplier condition) {
        cluster.await(what, millis, condition);
    }

    void letPass(long millis) {
        cluster.advanceMillis(millis);
    }

    /** A client's command at this node; its index. */
    long propose(int number) {
        long index = replica(number).shadow().last() + 1;
        if (!replica(number).clients.propose(Ledger.command(nextId++, 0, cluster.random))) {
            throw new AssertionError(number + " takes no command: " + cluster);
        }
        return index;
    }

    /** A client's command at this node, which is soon done. */
    long write(int number) {
        long index = propose(number);
        await("entry " + index + " to be done", () -> replica(number).ledger().index() >= index);
        return index;
    }

    void read(int number) {
        if (!replica(number).clients.read(0)) {
            throw new AssertionError(number + " takes no read: " + cluster);
        }
    }

    /** Whether no client of this node waits. */
    boolean isAnswered(int number) {
        return replica(number).clients.isAnswered();
    }

    /** Whether it was possible. */
    boolean mayChange(int number, Change change) {
        RaftGroup group = replica(number).group();
        boolean may = group.refusal(change) == null;
        if (may) {
            replica(number).turn(() -> group.change(change));
        }
        return may;
    }

    /** Soon it is committed. */
    void change(int number, Change change) {
        await(change + " to be possible", () -> replica(number).group().refusal(change) == null);
        mayChange(number, change);
        long index = view(number).configuration().index();
        await(change + " to be committed", () -> cluster.oracle().commit() >= index);
    }

    /** Soon it has the whole log. */
    Member addLearner(int leader, int number) {
        change(leader, new Change.AddLearner(node(number).id));
        Member learner = Objects.requireNonNull(view(leader).configuration().memberOf(node(number).id));
        await(
                learner + " to catch up",
                () -> matchOf(leader, learner) == view(leader).lastIndex());
        return learner;
    }

    /** From these voters on, each of them a member already. */
    void move(int leader, List<Member> voters) {
        change(leader, new Change.EnterJoint(voters));
        change(leader, new Change.LeaveJoint());
    }

    /** Index of its last entry, synced or not; 0 while it is down. */
    long lastOf(Member member) {
        RaftReplica replica = cluster.node(member).replica();
        return replica == null ? 0 : replica.shadow().last();
    }

    /** What the leader takes for certain of this member's log; -1 if it is none. */
    long matchOf(int leader, Member member) {
        return view(leader).followers().stream()
                .filter(follower -> follower.member().equals(member))
                .mapToLong(RaftView.Follower::match)
                .findAny()
                .orElse(-1);
    }

    /** Whether the leader sends it entries without asking first. */
    boolean isReplicating(int leader, Member member) {
        return view(leader).followers().stream()
                .anyMatch(follower -> follower.member().equals(member) && follower.isReplicating());
    }

    /** Between these and all others nothing passes. */
    void cutOff(int... numbers) {
        cluster.cut((from, to) -> isAmong(from, numbers) != isAmong(to, numbers));
    }

    /** Nor do they notice it in time. */
    void cutOffAndBreak(int... numbers) {
        cutOff(numbers);
        for (RaftNode one : cluster.nodes) {
            for (RaftNode other : cluster.nodes) {
                if (one.number < other.number && isAmong(one, numbers) != isAmong(other, numbers)) {
                    cluster.breakConnection(one, other);
                }
            }
        }
    }

    private static boolean isAmong(RaftNode node, int... numbers) {
        return Arrays.stream(numbers).anyMatch(number -> number == node.number);
    }

    void mend() {
        cluster.mend();
    }

    void crash(int... numbers) {
        for (int number : numbers) {
            node(number).crash();
        }
    }

    void start(int... numbers) {
        for (int number : numbers) {
            node(number).start();
        }
    }

    /** The process comes back as another release. */
    void upgrade(int number, int level) {
        crash(number);
        node(number).supportedLevel = level;
        start(number);
    }

    void wipe(Member member) {
        cluster.node(member).wipe(member, cluster.oracle().generation());
        await(member + " to be gone", () -> cluster.node(member).disk.owner() == null);
    }

    /** That which the node would begin as the first to force the group. */
    long generationOf(int number) {
        return Generations.next(Generations.FIRST, node(number).id);
    }

    /** Soon they are promised, durably. */
    void promise(long generation, int... numbers) {
        for (int number : numbers) {
            RaftReplica replica = replica(number);
            replica.turn(() -> assertThat(replica.group().promise(generation))
                    .as("the promise of %s", number)
                    .isTrue());
            await(
                    "the promise of " + number,
                    () -> node(number).disk.hardState().promised() == generation);
        }
    }

    /** The group goes on from there; nothing of it is synced yet. */
    void force(int number, long generation) {
        replica(number).force(generation);
    }

    /** Null if it may be forced. */
    @Nullable
    String refusalOfForce(int number, long generation) {
        return replica(number).group().refusalOfForce(generation);
    }

    void hold(Predicate<RaftMessage> which) {
        cluster.hold(which);
    }

    /** Something of the kind waits. */
    void awaitHeld(String what) {
        await(what, () -> !cluster.heldBack().isEmpty());
    }

    long count(RaftEvent event) {
        return cluster.countOf(event);
    }

    /** Soon all members of the newest configuration have the same, applied. */
    void expectAgreement() {
        await("all members to have the same", 10_000, this::doAllAgree);
    }

    private boolean doAllAgree() {
        RaftReplica leader = cluster.leader();
        if (leader == null) {
            return false;
        }
        long last = leader.shadow().last();
        return leader.group().view().configuration().members().stream().allMatch(member -> {
            RaftReplica replica = cluster.node(member).replica();
            return replica != null
                    && replica.self.equals(member)
                    && replica.shadow().last() == last
                    && replica.ledger().index() == last;
        });
    }
}
