package io.chordata.node.partition.force;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.force.Recovery.Outcome;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Generations;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** In which order nodes are asked, and who is asked to give way: of five voters two are left, and one who has nothing. */
class RecoveryStepsTest {
    private static final PartitionId PARTITION = new PartitionId(7);
    private static final NodeId SURVIVOR = node(4);
    private static final NodeId OTHER = node(5);
    private static final NodeId NOTHING = node(6);
    private static final Set<NodeId> GONE = Set.of(node(1), node(2), node(3));
    private static final Configuration VOTERS =
            new Configuration(5, List.of(member(1), member(2), member(3), member(4), member(5)), List.of(), List.of());
    /** Entry 8 is the first of term 2, 12 that of term 4. */
    private static final Map<Long, Long> TERMS = Map.of(3L, 1L, 8L, 2L, 12L, 4L);

    private final Nodes nodes = new Nodes();

    private static NodeId node(int number) {
        return new NodeId(new Uint128(0, number));
    }

    private static Member member(int number) {
        return new Member(node(number), 0);
    }

    private static Remains copy(NodeId node, long generation, long lastTerm, long lastIndex) {
        return new Remains(
                generation,
                generation,
                new Remains.Copy(new Member(node, 0), lastTerm, lastIndex, VOTERS, VOTERS, null, new TreeMap<>(TERMS)));
    }

    /** What nodes have, and what they were asked but for a survey, in order. */
    private static final class Nodes implements ForceLinks {
        private final Map<NodeId, Remains> remains = new TreeMap<>(Map.of(
                SURVIVOR,
                copy(SURVIVOR, Generations.FIRST, 4, 15),
                NOTHING,
                new Remains(Generations.FIRST, Generations.FIRST, null)));
        private final List<String> asked = new ArrayList<>();
        private final Set<String> refused = new TreeSet<>();

        @Override
        public Future<Remains> survey(NodeId node, PartitionId partition) {
            Remains has = remains.get(node);
            return has == null ? Future.failedFuture("it does not answer") : Future.succeededFuture(has);
        }

        private Future<Remains> asked(String what, NodeId node) {
            String question = what + " " + node.value().low();
            asked.add(question);
            return refused.contains(question) ? Future.failedFuture("it does not answer") : survey(node, PARTITION);
        }

        @Override
        public Future<Remains> promise(NodeId node, PartitionId partition, long generation) {
            return asked("promise", node);
        }

        @Override
        public Future<Remains> begin(NodeId node, PartitionId partition, long generation) {
            return asked("begin", node);
        }

        @Override
        public Future<Remains> giveWay(NodeId node, PartitionId partition, long generation) {
            return asked("giveWay", node);
        }
    }

    private Outcome recover() {
        TreeSet<NodeId> all = new TreeSet<>(GONE);
        all.addAll(List.of(SURVIVOR, OTHER, NOTHING));
        return new Recovery(nodes).run(PARTITION, all, GONE).result();
    }

    private void otherHas(long generation, long lastTerm, long lastIndex) {
        nodes.remains.put(OTHER, copy(OTHER, generation, lastTerm, lastIndex));
    }

    @Test
    void copyThatIsPartOfTheSurvivors_givesWay_beforeTheGenerationBegins() {
        otherHas(Generations.FIRST, 2, 11);
        assertThat(recover().isBegun()).isTrue();
        assertThat(nodes.asked).containsExactly("promise 4", "promise 5", "promise 6", "giveWay 5", "begin 4");
    }

    /** Else it would be in the way for ever: nobody asks it again. */
    @Test
    void nodeThatDoesNotGiveWay_isNamed_andNothingBegins() {
        otherHas(Generations.FIRST, 4, 13);
        nodes.refused.add("giveWay 5");
        Outcome outcome = recover();
        assertThat(outcome.isBegun()).isFalse();
        assertThat(outcome.refusal()).contains(OTHER.toString());
        assertThat(nodes.asked).doesNotContain("begin 4");
    }

    @Test
    void nodeWithoutACopy_thatDoesNotPromise_preventsIt() {
        otherHas(Generations.FIRST, 4, 13);
        nodes.refused.add("promise 6");
        assertThat(recover().refusal()).contains(NOTHING.toString());
        assertThat(nodes.asked).containsExactly("promise 4", "promise 5", "promise 6");
    }

    /** Entry 11 is one of term 2 in the survivor's: that of term 3 may have been acknowledged (Raft, figure 8). */
    @Test
    void copyWithAnEntryOfItsOwn_isNotAsked_andStays() {
        otherHas(Generations.FIRST, 3, 11);
        assertThat(recover().isBegun()).isTrue();
        assertThat(nodes.asked).doesNotContain("giveWay 5");
    }

    /** What the survivor has cut was decided, and with it what the other may have of it. */
    @Test
    void copyThatEndsBeforeWhatTheSurvivorHasCut_givesWay_asAllItDecidedIsThere() {
        otherHas(Generations.FIRST, 1, 2);
        recover();
        assertThat(nodes.asked).contains("giveWay 5");
    }

    @Test
    void copyThatHasNothingYet_givesWay_inAnyCase() {
        otherHas(Generations.FIRST, 0, 0);
        recover();
        assertThat(nodes.asked).contains("giveWay 5");
    }

    /** It is no further only because its generation is the earlier one: it was left behind with what nobody else had. */
    @Test
    void copyOfAnEarlierGeneration_wasNeverCompared_andStays() {
        long later = Generations.next(Generations.FIRST, SURVIVOR);
        nodes.remains.put(SURVIVOR, copy(SURVIVOR, later, 4, 15));
        otherHas(Generations.FIRST, 2, 11);
        assertThat(recover().isBegun()).isTrue();
        assertThat(nodes.asked).contains("promise 5").doesNotContain("giveWay 5");
    }
}
