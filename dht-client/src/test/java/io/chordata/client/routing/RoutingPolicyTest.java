package io.chordata.client.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoutingPolicyTest {
    private static final Endpoint A = Tables.A;
    private static final Endpoint B = Tables.B;
    private static final Endpoint C = Tables.C;
    private static final Target ANY = Target.anyOf(Tables.ALL);

    @Test
    void roundRobin_ofThree_takesTurns() {
        RoutingPolicy policy = RoutingPolicy.roundRobin();

        assertThat(policy.order(ANY)).containsExactly(A, B, C);
        assertThat(policy.order(ANY)).containsExactly(B, C, A);
        assertThat(policy.order(ANY)).containsExactly(C, A, B);
        assertThat(policy.order(ANY)).containsExactly(A, B, C);
    }

    @Test
    void tokenAware_withALeader_putsItFirstThenTheOthersThatHoldTheKey() {
        RoutingPolicy policy = RoutingPolicy.tokenAware(RoutingPolicy.roundRobin());
        Target target = new Target(Tables.ALL, C, List.of(B, C));

        for (int i = 0; i < 5; i++) {
            assertThat(policy.order(target)).containsExactly(C, B, A);
        }
    }

    @Test
    void tokenAware_withoutALeader_takesTurnsAmongMembers() {
        RoutingPolicy policy = RoutingPolicy.tokenAware(RoutingPolicy.roundRobin());
        Target target = new Target(Tables.ALL, null, List.of(A, C));

        assertThat(List.of(policy.order(target), policy.order(target), policy.order(target)))
                .extracting(order -> order.get(0))
                .containsExactly(A, C, C);
        assertThat(policy.order(target)).endsWith(B);
    }

    @Test
    void tokenAware_withNothingKnown_isTheOtherPolicy() {
        RoutingPolicy policy = RoutingPolicy.tokenAware(RoutingPolicy.roundRobin());

        assertThat(policy.order(ANY).get(0)).isEqualTo(A);
        assertThat(policy.order(ANY).get(0)).isEqualTo(B);
    }

    @Test
    void tokenAware_withALeaderThatIsNoNode_passesItOver() {
        RoutingPolicy policy = RoutingPolicy.tokenAware(RoutingPolicy.roundRobin());
        assertThat(policy.order(new Target(List.of(A, B), C, List.of(B, C)))).containsExactly(B, A);
    }

    @Test
    void weighted_byLot_comesFirstAsOftenAsItsWeight() {
        Random dice = new Random(3);
        RoutingPolicy policy = RoutingPolicy.weighted(Map.of(A, 3.0, B, 1.0, C, 0.0), dice::nextDouble);
        int firstA = 0;
        for (int i = 0; i < 4_000; i++) {
            List<Endpoint> order = policy.order(ANY);
            assertThat(order).containsExactlyInAnyOrder(A, B, C).endsWith(C);
            firstA += order.get(0).equals(A) ? 1 : 0;
        }
        assertThat(firstA).isBetween(2_900, 3_100);
        assertThatThrownBy(() -> RoutingPolicy.weighted(Map.of(A, -1.0), dice::nextDouble))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leastLatency_onceMeasured_putsTheFastestFirst() {
        RoutingPolicy policy = RoutingPolicy.leastLatency();
        policy.onAnswer(A, 3_000_000);
        policy.onAnswer(B, 1_000_000);
        policy.onAnswer(C, 2_000_000);

        assertThat(policy.order(ANY)).containsExactly(B, C, A);
        for (int i = 0; i < 20; i++) {
            policy.onAnswer(B, 9_000_000);
        }
        assertThat(policy.order(ANY)).containsExactly(C, A, B);
    }

    @Test
    void leastLatency_nowAndThen_asksTheSlowOnes() {
        RoutingPolicy policy = RoutingPolicy.leastLatency();
        policy.onAnswer(A, 9_000_000);
        policy.onAnswer(B, 1_000_000);
        policy.onAnswer(C, 8_000_000);

        assertThat(Stream.generate(() -> policy.order(ANY).get(0)).limit(100).distinct())
                .containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void suspect_forAWhile_comesLast() {
        Suspects suspects = new Suspects(500, 30_000);
        suspects.onUnreachable(A, 1_000);

        assertThat(suspects.last(Tables.ALL, 1_499)).containsExactly(B, C, A);
        assertThat(suspects.last(Tables.ALL, 1_500)).containsExactly(A, B, C);
        suspects.onUnreachable(A, 1_600);
        assertThat(suspects.isSuspect(A, 2_599)).as("twice as long").isTrue();
        assertThat(suspects.isSuspect(A, 2_600)).isFalse();
    }

    @Test
    void suspect_failingManyRequestsAtOnce_isDoubtedOnce() {
        Suspects suspects = new Suspects(500, 30_000);
        for (int i = 0; i < 100; i++) {
            suspects.onUnreachable(A, 1_000 + i);
        }
        assertThat(suspects.isSuspect(A, 1_500)).isFalse();
    }

    @Test
    void suspect_thatAnswers_isTrustedAgain() {
        Suspects suspects = new Suspects(500, 30_000);
        for (int i = 0; i < 60; i++) {
            suspects.onUnreachable(A, i * 100_000L);
        }
        assertThat(suspects.isSuspect(A, 59 * 100_000L + 29_999))
                .as("at most for so long")
                .isTrue();
        assertThat(suspects.isSuspect(A, 59 * 100_000L + 30_000)).isFalse();
        suspects.onAnswer(A);
        suspects.onUnreachable(A, 0);
        assertThat(suspects.isSuspect(A, 500)).isFalse();
    }
}
