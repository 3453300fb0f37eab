package io.chordata.node.partition.force;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Generations;
import io.chordata.node.partition.raft.Member;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SurveyTest {
    private static final NodeId LEFT = node(3);
    private static final NodeId NEWCOMER = node(4);
    private static final Member LAST = new Member(LEFT, 5);
    private static final Set<NodeId> GONE = Set.of(node(1), node(2));

    /** Of three voters, of which one is left. */
    private static final Configuration DECIDED =
            new Configuration(9, List.of(new Member(node(1), 0), new Member(node(2), 2), LAST), List.of(), List.of());

    private static NodeId node(int number) {
        return new NodeId(new Uint128(0, number));
    }

    private static Remains copy(Member self, long lastIndex, Configuration configuration) {
        return new Remains(
                Generations.FIRST,
                Generations.FIRST,
                new Remains.Copy(
                        self, 1, lastIndex, configuration, configuration, null, new TreeMap<>(Map.of(0L, 1L))));
    }

    private static Survey survey(Map<NodeId, Remains> answers) {
        return new Survey(new TreeMap<>(answers), new TreeSet<>(GONE));
    }

    /** All that it has of the group's members is what it was told by who leads: that this one votes. */
    @Test
    void learner_thatHasNothingYet_isNoWitnessOfAMajority() {
        Member learner = new Member(NEWCOMER, 12);
        Configuration made = new Configuration(0, List.of(LAST), List.of(), List.of(learner));
        Survey survey = survey(Map.of(LEFT, copy(LAST, 12, DECIDED), NEWCOMER, copy(learner, 0, made)));
        assertThat(survey.refusal(GONE)).isNull();
        assertThat(survey.survivor()).isEqualTo(LEFT);
    }

    /** The further one waits for new voters that are gone; the other knows the old ones, and cannot win over it. */
    @Test
    void group_whoseFurthestCopyIsJoint_isForcedThoughMostOfTheOldVotersAnswer() {
        Member first = new Member(node(1), 0);
        Member lagging = new Member(node(2), 2);
        Member third = new Member(node(3), 5);
        Member coming = new Member(NEWCOMER, 12);
        Configuration old = new Configuration(9, List.of(first, lagging, third), List.of(), List.of());
        Configuration joint =
                new Configuration(13, List.of(first, third, coming), List.of(first, lagging, third), List.of());
        Remains further = new Remains(
                Generations.FIRST,
                Generations.FIRST,
                new Remains.Copy(first, 1, 13, joint, old, null, new TreeMap<>(Map.of(0L, 1L))));
        Set<NodeId> gone = Set.of(node(3), NEWCOMER);
        Survey survey = new Survey(
                new TreeMap<>(Map.of(node(1), further, node(2), copy(lagging, 12, old))), new TreeSet<>(gone));
        assertThat(survey.refusal(gone)).isNull();
        assertThat(survey.survivor()).isEqualTo(node(1));
    }

    @Test
    void copy_thatIsWholeAndKnowsOfAMajorityThatAnswers_refusesIt() {
        Member learner = new Member(NEWCOMER, 12);
        Configuration later = new Configuration(13, List.of(LAST), List.of(), List.of(learner));
        Survey survey = survey(Map.of(LEFT, copy(LAST, 12, DECIDED), NEWCOMER, copy(learner, 13, later)));
        assertThat(survey.refusal(GONE)).contains("goes on by itself");
    }
}
