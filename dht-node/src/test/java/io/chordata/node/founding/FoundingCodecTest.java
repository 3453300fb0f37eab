package io.chordata.node.founding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.Vote;
import io.chordata.node.sim.SimRandom;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FoundingCodecTest {
    private static final ClusterId CLUSTER = ClusterId.parse("0123456789abcdef0123456789abcdef");
    private static final Vote VOTE = new Vote(CLUSTER, NodeId.parse("fedcba9876543210fedcba9876543210"), 300);

    private static final Answer MEMBER = Answer.of(new Membership(CLUSTER, new Partitioning(8)));

    private static Map<String, Question> questions() {
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("question-blank", new Question(0, null));
        questions.put("question-none", new Question(Long.MAX_VALUE, null));
        questions.put("question-vote", new Question(301, VOTE));
        return questions;
    }

    private static Map<String, Answer> answers() {
        Map<String, Answer> answers = new LinkedHashMap<>();
        answers.put("answer-member", MEMBER);
        answers.put("answer-none", Answer.unfounded(null));
        answers.put("answer-vote", Answer.unfounded(VOTE));
        return answers;
    }

    @Test
    void messages_ofEachKind_areReadAndWrittenAsEver() throws Exception {
        for (Map.Entry<String, Question> question : questions().entrySet()) {
            byte[] golden = golden(question.getKey());
            assertThat(FoundingCodec.question(golden)).isEqualTo(question.getValue());
            assertThat(FoundingCodec.encode(question.getValue())).isEqualTo(golden);
        }
        for (Map.Entry<String, Answer> answer : answers().entrySet()) {
            byte[] golden = golden(answer.getKey());
            assertThat(FoundingCodec.answer(golden)).isEqualTo(answer.getValue());
            assertThat(FoundingCodec.encode(answer.getValue())).isEqualTo(golden);
        }
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream golden = FoundingCodecTest.class.getResourceAsStream("/golden/founding/" + name + ".hex")) {
            String hex = new String(Objects.requireNonNull(golden, name).readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.strip());
        }
    }

    @Test
    void message_ofAnySize_fitsTheService() {
        assertThat(FoundingCodec.encode(new Question(Long.MAX_VALUE, VOTE)).length)
                .isLessThan(Service.FOUNDING.bytesMax() / 10);
    }

    @Test
    void garbage_ofAnyKind_isMalformedOrAMessage() {
        SimRandom random = new SimRandom(20261126);
        byte[] vote = FoundingCodec.encode(new Question(301, VOTE));
        byte[] member = FoundingCodec.encode(MEMBER);
        for (int i = 0; i < 20_000; i++) {
            decode(random.nextBytes(random.nextInt(80)));
            decode(changed(vote, random));
            decode(changed(member, random));
        }
    }

    private static byte[] changed(byte[] bytes, SimRandom random) {
        byte[] changed = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        for (int i = random.nextInt(4); i > 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    /** Anything but a message or a refusal fails the test. */
    private static void decode(byte[] bytes) {
        try {
            assertThat(FoundingCodec.question(bytes).number()).isNotNegative();
        } catch (MalformedException refused) {
            assertThat(refused).hasMessageStartingWith("no question");
        }
        try {
            assertThat(FoundingCodec.answer(bytes)).isNotNull();
        } catch (MalformedException refused) {
            assertThat(refused).message().isNotBlank();
        }
    }

    @Test
    void messages_thatSayWhatCannotBe_areMalformed() {
        ByteString id = ByteString.copyFrom(new byte[16]);
        FoundingProtos.Vote none = FoundingProtos.Vote.newBuilder()
                .setCluster(id)
                .setFounder(id)
                .setNumber(1)
                .build();
        byte[] noCluster = FoundingProtos.Question.newBuilder()
                .setNumber(1)
                .setVote(none)
                .build()
                .toByteArray();
        byte[] shortId = FoundingProtos.Question.newBuilder()
                .setNumber(1)
                .setVote(none.toBuilder().setCluster(ByteString.copyFrom(new byte[15])))
                .build()
                .toByteArray();
        byte[] negative =
                FoundingProtos.Question.newBuilder().setNumber(-1).build().toByteArray();
        byte[] bits = FoundingProtos.Answer.newBuilder()
                .setMember(FoundingProtos.Member.newBuilder()
                        .setCluster(ByteString.copyFrom(CLUSTER.value().toBytes()))
                        .setPartitionBits(99))
                .build()
                .toByteArray();

        for (byte[] bytes : new byte[][] {noCluster, shortId, negative}) {
            assertThatThrownBy(() -> FoundingCodec.question(bytes)).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> FoundingCodec.answer(bits)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> FoundingCodec.answer(new byte[0]))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("does not know");
    }
}
