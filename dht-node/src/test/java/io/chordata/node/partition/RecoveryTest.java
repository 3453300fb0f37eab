package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.partition.GroupCluster.Node;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.force.Recovery.Outcome;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Generations;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftCodec;
import io.chordata.node.partition.raft.RaftCodec.Addressed;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Five nodes, of which 0, 1 and 2 vote in the partition; whoever asks is node 4, which has none of it. */
class RecoveryTest {
    private static final PartitionId PARTITION = new PartitionId(3);

    private final GroupCluster cluster = new GroupCluster(11, 5);
    private final Node asker = cluster.nodes.get(4);

    @BeforeEach
    void spread() {
        cluster.spread(PARTITION);
        write(1);
    }

    private void write(int id) {
        Node leader = Objects.requireNonNull(cluster.leader(PARTITION));
        cluster.await(leader.partitions().propose(PARTITION, LedgerMachine.command(Op.ADD, id, 1)));
    }

    private List<NodeId> all() {
        return cluster.nodes.stream().map(node -> node.id).toList();
    }

    private Set<NodeId> crash(int... numbers) {
        Set<NodeId> gone = new TreeSet<>();
        for (int number : numbers) {
            cluster.nodes.get(number).crash();
            gone.add(cluster.nodes.get(number).id);
        }
        return gone;
    }

    private Outcome recover(Set<NodeId> gone) {
        return cluster.await(asker.recovery().run(PARTITION, all(), gone));
    }

    private long generationOn(int number) {
        Standing standing = cluster.nodes.get(number).partitions().standing(PARTITION);
        return standing == null ? -1 : standing.generation();
    }

    @Test
    void partition_whoseMajorityIsGone_goesOnFromTheCopyThatIsLeft() {
        Outcome outcome = recover(crash(0, 1));
        assertThat(outcome.refusal()).isNull();
        assertThat(outcome.isBegun()).isTrue();
        assertThat(outcome.mayLose()).isTrue();
        assertThat(outcome.survivor()).isEqualTo(cluster.nodes.get(2).id);
        cluster.until(() -> cluster.leader(PARTITION) == cluster.nodes.get(2));
        write(2);
        assertThat(generationOn(2)).isEqualTo(outcome.generation());
        cluster.change(PARTITION, new Change.AddLearner(cluster.nodes.get(3).id));
        cluster.until(() -> generationOn(3) == outcome.generation());
    }

    @Test
    void generation_onceBegun_outlivesARestart() {
        Outcome outcome = recover(crash(0, 1));
        Node survivor = cluster.nodes.get(2);
        survivor.crash();
        survivor.boot();
        cluster.await(survivor.start());
        cluster.until(() -> cluster.leader(PARTITION) == survivor);
        assertThat(generationOn(2)).isEqualTo(outcome.generation());
        write(2);
    }

    @Test
    void partition_whoseMajorityAnswers_isNotForced() {
        Outcome outcome = recover(crash(1));
        assertThat(outcome.isBegun()).isFalse();
        assertThat(outcome.refusal()).contains("goes on by itself");
        cluster.until(() -> cluster.leader(PARTITION) != null);
        write(2);
        assertThat(generationOn(2)).isEqualTo(Generations.FIRST);
    }

    /** It may be one who has the partition, and be back in a moment. */
    @Test
    void nodeThatDoesNotAnswer_andIsNotNamedAsGone_preventsIt() {
        Set<NodeId> gone = crash(0, 1);
        gone.remove(cluster.nodes.get(1).id);
        Outcome outcome = recover(gone);
        assertThat(outcome.isBegun()).isFalse();
        assertThat(outcome.refusal()).contains(cluster.nodes.get(1).id.toString());
        assertThat(generationOn(2)).isEqualTo(Generations.FIRST);
    }

    @Test
    void nodeThatAnswers_andIsNamedAsGone_preventsIt() {
        Set<NodeId> gone = crash(0, 1);
        gone.add(cluster.nodes.get(3).id);
        assertThat(recover(gone).refusal()).contains("are named as gone");
    }

    @Test
    void plan_ofAPartitionThatCanBeForced_changesNothing() {
        Set<NodeId> gone = crash(0, 1);
        Outcome plan = cluster.await(asker.recovery().plan(PARTITION, all(), gone));
        assertThat(plan.refusal()).isNull();
        assertThat(plan.isBegun()).isFalse();
        assertThat(plan.survivor()).isEqualTo(cluster.nodes.get(2).id);
        cluster.passMillis(2_000);
        assertThat(generationOn(2)).isEqualTo(Generations.FIRST);
    }

    @Test
    void partition_ofWhichNothingIsLeft_isNotForced() {
        assertThat(recover(crash(0, 1, 2)).refusal()).contains("nobody who answers");
    }

    /** What broke off between the promises and the beginning is finished by asking once more, in the same generation. */
    @Test
    void recovery_thatBrokeOffAfterThePromises_isFinishedByTheNext() {
        Set<NodeId> gone = crash(0, 1);
        Node survivor = cluster.nodes.get(2);
        long generation = Generations.next(Generations.FIRST, survivor.id);
        cluster.await(survivor.partitions().remains().promise(PARTITION, generation));
        survivor.crash();
        survivor.boot();
        cluster.await(survivor.start());
        assertThat(generationOn(2)).isEqualTo(-1);
        Outcome outcome = recover(gone);
        assertThat(outcome.isBegun()).isTrue();
        assertThat(outcome.generation()).isEqualTo(generation);
        cluster.until(() -> cluster.leader(PARTITION) == survivor);
        write(2);
    }

    /** Two operators: the promise to the later one is not taken back. */
    @Test
    void promise_toALaterGeneration_refusesTheEarlierOne() {
        crash(0, 1);
        Node survivor = cluster.nodes.get(2);
        long earlier = Generations.next(Generations.FIRST, survivor.id);
        long later = Generations.next(earlier, survivor.id);
        List<Throwable> refused = new ArrayList<>();
        cluster.await(survivor.partitions().remains().promise(PARTITION, later));
        refused.add(cluster.awaitFailure(survivor.partitions().remains().promise(PARTITION, earlier)));
        refused.add(cluster.awaitFailure(survivor.partitions().remains().begin(PARTITION, earlier)));
        assertThat(refused).allSatisfy(cause -> assertThat(cause).isInstanceOf(PartitionRefusedException.class));
        cluster.await(survivor.partitions().remains().begin(PARTITION, later));
        cluster.await(survivor.partitions().remains().begin(PARTITION, later));
        cluster.until(() -> generationOn(2) == later);
    }

    /** All that is acknowledged is on most of those who vote: with two of three, nothing is lost. */
    @Test
    void recovery_finishedWithAMajority_losesNothing() {
        Set<NodeId> gone = crash(0);
        long generation = Generations.next(Generations.FIRST, cluster.nodes.get(2).id);
        cluster.await(cluster.nodes.get(2).partitions().remains().promise(PARTITION, generation));
        Outcome outcome = recover(gone);
        assertThat(outcome.isBegun()).isTrue();
        assertThat(outcome.mayLose()).isFalse();
    }

    /** The log of the other one was compared and is no further: it need not stay as lost and found, and is filled anew. */
    @Test
    void otherCopy_thatWasNoFurther_givesWayToTheNewGeneration() {
        Set<NodeId> gone = crash(0);
        Node survivor = cluster.nodes.get(2);
        Node other = cluster.nodes.get(1);
        long first = Generations.next(Generations.FIRST, survivor.id);
        cluster.await(survivor.partitions().remains().promise(PARTITION, first));
        Outcome outcome = recover(gone);
        Node begun = survivor.id.equals(outcome.survivor()) ? survivor : other;
        Node left = begun == survivor ? other : survivor;
        left.crash();
        left.boot();
        cluster.await(left.start());
        cluster.until(() -> cluster.leader(PARTITION) == begun);
        cluster.change(PARTITION, new Change.AddLearner(left.id));
        cluster.until(() -> generationOn(left.number) == outcome.generation());
    }

    /** What a leader of the generation before said is heard late: a copy of that would be in the way of one of the later generation. */
    @Test
    void newcomer_thatHadNothing_isAddedByNobodyOfTheGenerationBefore() {
        Outcome outcome = recover(crash(0, 1));
        Node newcomer = cluster.nodes.get(3);
        newcomer.crash();
        newcomer.boot();
        cluster.await(newcomer.start());
        hearAsLearner(newcomer, Generations.FIRST);
        assertThat(newcomer.partitions().remains().survey(PARTITION))
                .returns(null, asked -> cluster.await(asked).copy())
                .returns(outcome.generation(), asked -> cluster.await(asked).promised());
        cluster.until(() -> cluster.leader(PARTITION) != null);
        cluster.change(PARTITION, new Change.AddLearner(newcomer.id));
        cluster.until(() -> generationOn(newcomer.number) == outcome.generation());
    }

    private void hearAsLearner(Node to, long generation) {
        Node from = cluster.nodes.get(2);
        RaftMessage message =
                new RaftMessage(new Member(from.id, 0), new Member(to.id, 50), generation, 9, new Heartbeat(0, 0, 0));
        byte[] frame = RaftCodec.encode(List.of(new Addressed(PARTITION, message)));
        from.peers().send(from.peer(to.id), Service.GROUPS, Buffer.buffer(frame));
        cluster.passMillis(500);
    }

    @Test
    void promise_toAnEarlierGeneration_isRefusedWhereNoCopyIsEither() {
        Node node = cluster.nodes.get(3);
        long earlier = Generations.next(Generations.FIRST, cluster.nodes.get(2).id);
        long later = Generations.next(earlier, cluster.nodes.get(2).id);
        cluster.await(node.partitions().remains().promise(PARTITION, later));
        assertThat(cluster.awaitFailure(node.partitions().remains().promise(PARTITION, earlier)))
                .isInstanceOf(PartitionRefusedException.class);
        cluster.await(node.partitions().remains().promise(PARTITION, later));
    }

    @Test
    void giveWay_toAGenerationThatIsNotPromised_isRefused() {
        Node node = cluster.nodes.get(1);
        long generation = Generations.next(Generations.FIRST, cluster.nodes.get(2).id);
        assertThat(cluster.awaitFailure(node.partitions().remains().giveWay(PARTITION, generation)))
                .isInstanceOf(PartitionRefusedException.class);
    }
}
