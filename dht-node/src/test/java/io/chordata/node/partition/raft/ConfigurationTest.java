package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static final Member RETURNED = new Member(Members.node(1), 9);

    @Test
    void configuration_ofAnEvenNumber_isNone() {
        assertThatThrownBy(() -> of(Members.founders(1, 2), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("odd number of voters");
        assertThatThrownBy(() -> of(List.of(), List.of(), List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(Members.founders(1), Members.founders(1, 2), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outgoing");
    }

    @Test
    void node_inTwoTenures_isRefused() {
        assertThatThrownBy(() -> of(List.of(Members.founder(1)), List.of(RETURNED), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("are one node");
        assertThatThrownBy(() -> of(List.of(Members.founder(1), RETURNED, Members.founder(2)), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(List.of(RETURNED), List.of(), List.of(Members.founder(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void node_thatLostItsVote_comesBackBesideItsSeat() {
        Configuration learning = of(Members.founders(1, 2, 3), List.of(), List.of(RETURNED));
        Configuration joint =
                of(List.of(RETURNED, Members.founder(2), Members.founder(3)), Members.founders(1, 2, 3), List.of());
        for (Configuration each : List.of(learning, joint)) {
            assertThat(each.memberOf(Members.node(1))).isEqualTo(RETURNED);
            assertThat(each.isVoter(Members.founder(1))).isTrue();
            assertThat(each.isDead(Members.founder(1))).isTrue();
            assertThat(each.isDead(RETURNED)).isFalse();
            assertThat(Quorum.isReached(each, member -> member.equals(Members.founder(2)) || member.equals(RETURNED)))
                    .isFalse();
            assertThat(Quorum.isReached(
                            each, member -> member.equals(Members.founder(2)) || member.equals(Members.founder(3))))
                    .isTrue();
        }
    }

    @Test
    void voter_thatIsALearnerToo_isRefused() {
        assertThatThrownBy(() -> of(Members.founders(1), List.of(), Members.founders(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of(Members.founders(1), Members.founders(2), Members.founders(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void members_ofAJointConfiguration_areEachNamedOnce() {
        Configuration joint = of(Members.founders(3, 2, 1), Members.founders(4, 3, 2), Members.founders(5));
        assertThat(joint.isJoint()).isTrue();
        assertThat(joint.members()).isEqualTo(Members.founders(1, 2, 3, 4, 5));
        assertThat(joint.voters()).isEqualTo(Members.founders(1, 2, 3));
        assertThat(joint.isVoter(Members.founder(4))).isTrue();
        assertThat(joint.isVoter(Members.founder(5))).isFalse();
        assertThat(joint.isLearner(Members.founder(5))).isTrue();
    }

    @Test
    void member_ofAnotherTenure_isNoMember() {
        Configuration configuration = of(List.of(RETURNED), List.of(), List.of());
        assertThat(configuration.isVoter(Members.founder(1))).isFalse();
        assertThat(configuration.memberOf(Members.node(1))).isEqualTo(RETURNED);
        assertThat(configuration.memberOf(Members.node(2))).isNull();
    }

    private static Configuration of(List<Member> voters, List<Member> outgoing, List<Member> learners) {
        return new Configuration(7, voters, outgoing, learners);
    }
}
