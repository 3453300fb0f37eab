package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.GroupCluster.Node;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Answers from any replica: never newer than what is, and never older than they say. */
class EventualAnswersTest {
    private static final PartitionId FIFTH = new PartitionId(5);
    private static final PartitionId SIXTH = new PartitionId(6);
    private static final int SEEDS = Integer.getInteger("chordata.seeds", 30);
    private static final int STEPS = 60;

    private final GroupCluster cluster = new GroupCluster(3, 3);
    private long nextId = 1;

    private Future<byte[]> propose(Node node) {
        return node.routed().propose(FIFTH, LedgerMachine.command(Op.ADD, nextId++, 10));
    }

    private static Future<EventualAnswer> ask(Node node, PartitionId partition) {
        return node.routed().readEventually(partition, LedgerMachine.countQuery());
    }

    private static void cut(GroupCluster of, Node node) {
        of.network.cut((from, to) -> from.equals(node.address()) != to.equals(node.address()));
    }

    private Node leader() {
        cluster.until(() -> cluster.leader(FIFTH) != null);
        return Objects.requireNonNull(cluster.leader(FIFTH));
    }

    private Node other(Node node) {
        return cluster.nodes.stream().filter(each -> each != node).findFirst().orElseThrow();
    }

    @Test
    void minority_askedForItsCopy_answersWhatOnceWasAndHowOldThatMayBe() {
        cluster.spread(FIFTH);
        Node cut = leader();
        cluster.await(propose(cut));
        cut(cluster, cut);
        cluster.passMillis(10_000);
        cluster.await(propose(other(cut)));
        cluster.passMillis(10_000);

        EventualAnswer old = cluster.await(ask(cut, FIFTH));
        EventualAnswer now = cluster.await(ask(other(cut), FIFTH));
        assertThat(LedgerMachine.number(old.answer())).isEqualTo(1);
        assertThat(old.ageMillis()).isGreaterThanOrEqualTo(10_000);
        assertThat(LedgerMachine.number(now.answer())).isEqualTo(2);
    }

    @Test
    void replica_ofAGroupInWhichNothingHappens_knowsAfterOneQuestionThatItIsFresh() {
        cluster.spread(FIFTH);
        cluster.passMillis(600_000);
        Node follower = other(leader());

        assertThat(cluster.await(ask(follower, FIFTH)).ageMillis()).isGreaterThanOrEqualTo(600_000);
        cluster.passMillis(900);
        assertThat(cluster.await(ask(follower, FIFTH)).ageMillis()).isLessThan(1_000);
        cluster.passMillis(60_000);
        cluster.await(ask(follower, FIFTH));
        cluster.passMillis(500);
        assertThat(cluster.await(ask(follower, FIFTH)).ageMillis()).isLessThan(1_000);
    }

    @Test
    void node_withoutReplica_isAnsweredByOneThatHasIt() {
        Node without = cluster.nodes.get(2);
        cluster.await(cluster.nodes.get(0).routed().propose(SIXTH, LedgerMachine.command(Op.ADD, nextId++, 10)));

        assertThat(without.partitions().standing(SIXTH)).isNull();
        assertThat(LedgerMachine.number(cluster.await(ask(without, SIXTH)).answer()))
                .isEqualTo(1);
    }

    @Test
    void node_thatReachesNoReplica_isRefusedInTime() {
        Node without = cluster.nodes.get(2);
        cut(cluster, without);
        long begun = cluster.scheduler.nowNanos();

        Throwable refusal = cluster.awaitFailure(ask(without, SIXTH));
        assertThat(((PartitionRefusedException) refusal).reason()).isEqualTo(Reason.NOT_SERVING);
        assertThat(cluster.scheduler.nowNanos() - begun).isLessThan(5_000_000_000L);
    }

    @Test
    void answers_underCutsAndCrashes_areNeverOlderThanTheySay() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            new Run(seed).go();
        }
    }

    /** One seed: commands, cuts and crashes in any order, and each eventual answer held against what was acknowledged when. */
    private final class Run {
        private final int seed;
        private final GroupCluster world;
        private final SimRandom random;
        private final List<Long> acknowledgedNanos = new ArrayList<>();
        private final List<String> wrong = new ArrayList<>();
        private long proposed;
        private int answered;

        Run(int seed) {
            this.seed = seed;
            this.world = new GroupCluster(seed, 3);
            this.random = world.scheduler.random().fork();
        }

        void go() {
            world.spread(FIFTH);
            for (int step = 0; step < STEPS; step++) {
                act(world.nodes.get(random.nextInt(3)));
                world.passMillis(random.nextInt(1_500));
            }
            world.network.mend();
            world.passMillis(30_000);
            assertThat(wrong).isEmpty();
            assertThat(answered).as("answers of seed " + seed).isPositive();
        }

        private void act(Node node) {
            int die = random.nextInt(10);
            if (die < 4 && node.isUp()) {
                proposed++;
                propose(node).onSuccess(done -> acknowledgedNanos.add(world.scheduler.nowNanos()));
            } else if (die < 8 && node.isUp()) {
                ask(node, FIFTH).onSuccess(this::check);
            } else if (die == 8) {
                cut(world, node);
            } else {
                world.network.mend();
                crashOrBoot(node);
            }
        }

        private void crashOrBoot(Node node) {
            if (node.isUp() && world.nodes.stream().allMatch(Node::isUp)) {
                node.crash();
            } else if (!node.isUp()) {
                node.boot();
                node.start();
            }
        }

        private void check(EventualAnswer answer) {
            answered++;
            long count = LedgerMachine.number(answer.answer());
            long sinceNanos = world.scheduler.nowNanos() - 1_000_000 * (answer.ageMillis() + 1);
            // The asker learns of the answer some time after it was given.
            long wayNanos = 1_000_000_000L;
            long known = acknowledgedNanos.stream()
                    .filter(nanos -> nanos <= sinceNanos - wayNanos)
                    .count();
            if (count < known || count > proposed) {
                wrong.add("seed " + seed + ": " + count + " may be " + answer.ageMillis() + " ms old, of " + known
                        + " acknowledged by then and " + proposed + " proposed");
            }
        }
    }
}
