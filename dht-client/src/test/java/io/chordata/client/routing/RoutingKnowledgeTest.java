package io.chordata.client.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutingKnowledgeTest {
    private static final String BUCKET = "bucket";

    private final RoutingKnowledge knowledge = new RoutingKnowledge(List.of(Tables.SEED));

    @BeforeEach
    void hear() {
        assertThat(knowledge.shallAsk(BUCKET, 0)).as("no node of ours was seen").isFalse();
        assertThat(knowledge.isCluster()).isFalse();
        knowledge.onVersion(Tables.SEED, 6);
    }

    private void learn(long now) {
        assertThat(knowledge.shallAsk(BUCKET, now)).isTrue();
        knowledge.onAnswer(BUCKET, Tables.A, Tables.answer(7), now);
    }

    @Test
    void key_ofAKnownBucket_isSentToItsLeader() {
        learn(0);

        for (String key : List.of("a", "b", "c", "d", "e", "f")) {
            long point = KeyPlaces.point(Tables.BUCKET, key);
            Target target = knowledge.target(BUCKET, key);
            assertThat(target.leader())
                    .isEqualTo(Tables.answer(7)
                            .table()
                            .partitionOf(point)
                            .orElseThrow()
                            .leader());
            assertThat(target.members()).isEqualTo(Tables.ALL);
        }
    }

    @Test
    void request_ofNoKnownKey_goesToAnyNode() {
        assertThat(knowledge.target(BUCKET, "a").all()).containsExactly(Tables.SEED);
        learn(0);

        assertThat(knowledge.target("other", "a")).isEqualTo(Target.anyOf(Tables.ALL));
        assertThat(knowledge.target(BUCKET, null)).isEqualTo(Target.anyOf(Tables.ALL));
    }

    @Test
    void question_underWay_isNotAskedAgain() {
        assertThat(knowledge.shallAsk(BUCKET, 0)).isTrue();
        assertThat(knowledge.shallAsk("other", 0)).isFalse();
        knowledge.onAnswer(BUCKET, Tables.A, Tables.answer(7), 0);
        assertThat(knowledge.shallAsk(BUCKET, 1)).isFalse();
        assertThat(knowledge.shallAsk("other", 1)).as("a new bucket").isTrue();
    }

    @Test
    void version_thatIsAnother_asksAgainButNotAllTheTime() {
        learn(0);
        knowledge.onVersion(Tables.A, 7);
        assertThat(knowledge.shallAsk(BUCKET, 1)).isFalse();
        knowledge.onVersion(Tables.A, 8);
        learn(2);
        knowledge.onVersion(Tables.A, 8);

        assertThat(knowledge.shallAsk(BUCKET, 1 + RoutingKnowledge.ASK_MILLIS)).isFalse();
        assertThat(knowledge.shallAsk(BUCKET, 2 + RoutingKnowledge.ASK_MILLIS)).isTrue();
    }

    @Test
    void version_ofAnotherNode_countsOnceItChanges() {
        learn(0);
        knowledge.onVersion(Tables.B, 1_000);
        assertThat(knowledge.shallAsk(BUCKET, 1)).isFalse();
        knowledge.onVersion(Tables.B, 1_001);
        assertThat(knowledge.shallAsk(BUCKET, 1)).isTrue();
    }

    @Test
    void version_behindANameOfManyNodes_saysNothing() {
        learn(0);
        knowledge.onVersion(Tables.SEED, 1);
        knowledge.onVersion(Tables.SEED, 2);
        assertThat(knowledge.shallAsk(BUCKET, 1)).isFalse();
    }

    @Test
    void bucket_thatIsOldOrMadeAnew_isAskedForAgain() {
        learn(0);
        assertThat(knowledge.shallAsk(BUCKET, RoutingKnowledge.BUCKET_MILLIS - 1))
                .isFalse();
        assertThat(knowledge.shallAsk(BUCKET, RoutingKnowledge.BUCKET_MILLIS)).isTrue();
        knowledge.onAnswer(BUCKET, Tables.A, Tables.answer(7), RoutingKnowledge.BUCKET_MILLIS);
        knowledge.forget(BUCKET);
        assertThat(knowledge.target(BUCKET, "a").leader()).isNull();
        assertThat(knowledge.shallAsk(BUCKET, RoutingKnowledge.BUCKET_MILLIS + 1))
                .isTrue();
    }

    @Test
    void bucket_thatIsNotThere_isNotAskedForEachTime() {
        learn(0);
        assertThat(knowledge.shallAsk("absent", 0)).isTrue();
        knowledge.onNoBucket("absent", 0);
        assertThat(knowledge.shallAsk("absent", RoutingKnowledge.ASK_MILLIS - 1))
                .isFalse();
        assertThat(knowledge.shallAsk("absent", RoutingKnowledge.ASK_MILLIS)).isTrue();
    }

    @Test
    void version_thatChangesDuringTheQuestion_isAskedForAgain() {
        learn(0);
        knowledge.onVersion(Tables.B, 1);
        assertThat(knowledge.shallAsk("other", 1)).isTrue();
        knowledge.onVersion(Tables.B, 2);
        knowledge.onAnswer("other", Tables.A, Tables.answer(7), 1);

        assertThat(knowledge.shallAsk(BUCKET, 2)).isTrue();
    }

    @Test
    void bucket_thatIsNotThereBeforeThereIsATable_isNotAskedForEachTime() {
        assertThat(knowledge.shallAsk("absent", 0)).isTrue();
        knowledge.onNoBucket("absent", 0);
        assertThat(knowledge.shallAsk("absent", 1)).isFalse();
    }

    @Test
    void question_thatIsNotUnderstood_isNotAskedForLong() {
        assertThat(knowledge.shallAsk(BUCKET, 0)).isTrue();
        knowledge.onFailure(true, 0);
        assertThat(knowledge.shallAsk(BUCKET, 59_999)).isFalse();
        assertThat(knowledge.shallAsk(BUCKET, 60_000)).isTrue();
        knowledge.onFailure(false, 60_000);
        assertThat(knowledge.shallAsk(BUCKET, 62_000)).isTrue();
    }
}
