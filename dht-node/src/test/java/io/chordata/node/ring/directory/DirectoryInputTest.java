package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.ring.directory.DirectoryEvent.Kind;
import io.chordata.node.ring.directory.DirectoryEvent.NodeEvent;
import io.chordata.node.ring.directory.DirectoryEvent.Refused;
import io.chordata.node.ring.directory.DirectoryEvent.TableFull;
import io.chordata.node.ring.directory.DirectoryMessage.Ack;
import io.chordata.node.ring.directory.DirectoryMessage.Body;
import io.chordata.node.ring.directory.DirectoryMessage.ExchangeReply;
import io.chordata.node.ring.directory.DirectoryMessage.ExchangeRequest;
import io.chordata.node.ring.directory.DirectoryMessage.Gossip;
import io.chordata.node.ring.directory.DirectoryMessage.Header;
import io.chordata.node.ring.directory.DirectoryMessage.Ping;
import io.chordata.node.ring.directory.DirectoryMessage.PingRequest;
import io.chordata.node.ring.directory.DirectoryMessage.PingResult;
import io.chordata.node.ring.directory.DirectoryMessage.Refusal;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One directory, number 0, told by hand what others send. */
class DirectoryInputTest {
    private static final DirectoryOptions FEW =
            new DirectoryOptions(1_000, 500, 3, 4, 6, 3, 250, 3, 8 << 10, 30_000, 32 << 10, 5_000, 5_000, 60_000, 5);

    private final List<Sent> sent = new ArrayList<>();
    private final List<DirectoryEvent> told = new ArrayList<>();
    private final List<byte[]> stored = new ArrayList<>();
    private final Outbox outbox = new Outbox() {
        @Override
        public void send(Peer to, DirectoryMessage message) {
            sent.add(new Sent(to, message));
        }

        @Override
        public void tell(DirectoryEvent event) {
            told.add(event);
        }

        @Override
        public void store(byte[] image) {
            stored.add(image);
        }
    };
    private final Directory directory = open(3, new byte[0]);
    private long now;

    private record Sent(Peer to, DirectoryMessage message) {}

    private Directory open(long incarnation, byte[] image) {
        DirectoryStart start = new DirectoryStart(Nodes.record(0, incarnation), true, List.of(), image);
        return Directory.open(0, FEW, start, new SimRandom(1), outbox);
    }

    // what is dropped

    @Test
    void message_ofAStranger_changesNothing() {
        send(1, new Ping(1), List.of());
        assertThat(directory.nodes()).hasSize(1);
        assertThat(sent).isEmpty();
        assertThat(directory.count(Counter.DROPPED_UNKNOWN)).isEqualTo(1);
    }

    @Test
    void message_thatIntroducesAnother_changesNothing() {
        send(1, new Ping(1), List.of(alive(2)));
        assertThat(directory.nodes()).hasSize(1);
    }

    @Test
    void answer_toNoQuestion_isDroppedAndCounted() {
        meet(1);
        for (Body body :
                List.of(new Ack(77), new PingResult(77, true), new ExchangeReply(77, -1, null, List.of(alive(2))))) {
            send(1, body, List.of());
        }
        assertThat(directory.count(Counter.DROPPED_LATE)).isEqualTo(3);
        assertThat(directory.nodes()).hasSize(2);
    }

    @Test
    void answer_ofAnotherThanWasAsked_isDropped() {
        meet(1);
        meet(2);
        directory.onUnreachable(now, Nodes.id(1));
        Ping ping = last(Ping.class);
        send(2, new Ack(ping.number()), List.of());
        assertThat(directory.count(Counter.DROPPED_LATE)).isEqualTo(1);
    }

    @Test
    void answer_toAnEarlierQuestion_whileAnotherIsOpen_isDropped() {
        meet(1);
        directory.onUnreachable(now, Nodes.id(1));
        send(1, new Ack(last(Ping.class).number() + 100), List.of());
        assertThat(directory.count(Counter.DROPPED_LATE)).isEqualTo(1);
    }

    @Test
    void exchangeReply_withNodesOutsideItsBuckets_isNotBelievedInPart() {
        meet(1);
        ExchangeRequest request = last(ExchangeRequest.class);
        long bucket = 1L << MemberTable.bucketOf(Nodes.id(2));
        assertThat(MemberTable.bucketOf(Nodes.id(3))).isNotEqualTo(MemberTable.bucketOf(Nodes.id(2)));
        List<Update> members = Stream.of(alive(2), alive(3))
                .sorted((a, b) -> a.node().compareTo(b.node()))
                .toList();
        send(1, new ExchangeReply(request.number(), bucket, null, members), List.of());
        assertThat(directory.nodes()).hasSize(2);
        assertThat(directory.count(Counter.DROPPED_NONSENSE)).isEqualTo(1);
    }

    @Test
    void exchangeReply_inOrder_isBelieved() {
        meet(1);
        ExchangeRequest request = last(ExchangeRequest.class);
        send(1, new ExchangeReply(request.number(), -1, null, List.of(alive(2))), List.of());
        assertThat(directory.nodes()).hasSize(3);
    }

    @Test
    void nonsense_fromAnywhere_isCounted() {
        directory.onNonsense(now);
        assertThat(directory.count(Counter.DROPPED_NONSENSE)).isEqualTo(1);
    }

    // helping others

    @Test
    void pingRequest_forAnUnknownNode_isAnsweredAtOnce() {
        meet(1);
        send(1, new PingRequest(5, Nodes.id(9)), List.of());
        assertThat(last(PingResult.class)).isEqualTo(new PingResult(5, false));
    }

    @Test
    void pingRequest_forANodeThatAnswers_isAnsweredThen() {
        meet(1);
        meet(2);
        send(1, new PingRequest(5, Nodes.id(2)), List.of());
        Ping ping = last(Ping.class);
        send(2, new Ack(ping.number()), List.of());
        assertThat(last(PingResult.class)).isEqualTo(new PingResult(5, true));
    }

    @Test
    void pingRequest_forASilentNode_isAnsweredBeforeTheAskerGivesUp() {
        meet(1);
        meet(2);
        send(1, new PingRequest(5, Nodes.id(2)), List.of());
        runUntil(now + 450);
        assertThat(last(PingResult.class)).isEqualTo(new PingResult(5, false));
    }

    // what is said of this node

    @Test
    void accusation_ofThisNode_isObjectedToAtOnce() {
        meet(1);
        hear(1, Nodes.member(0, ownStanding().with(Verdict.SUSPECT)));
        send(1, new Ping(9), List.of());
        Update own = ownWords(lastMessage());
        assertThat(own.member().standing().version()).isEqualTo(2);
        assertThat(own.member().verdict()).isEqualTo(Verdict.LIVE);
        assertThat(directory.count(Counter.OBJECTIONS)).isEqualTo(1);
        assertThat(directory.localHealth()).isEqualTo(1);
    }

    @Test
    void accusation_thatWasObjectedTo_isIgnored() {
        meet(1);
        Member accused = Nodes.member(0, ownStanding().with(Verdict.DOWN));
        hear(1, accused);
        hear(1, accused);
        assertThat(directory.count(Counter.OBJECTIONS)).isEqualTo(1);
    }

    @Test
    void words_thatThisNodeNeverSaid_endIt() {
        meet(1);
        Standing own = ownStanding();
        hear(1, Nodes.member(0, new Standing(own.life(), own.version() + 1, Verdict.LIVE)));
        assertRefused(RefusalReason.ALREADY_LIVE);
    }

    @Test
    void laterStart_ofThisNode_endsIt() {
        meet(1);
        hear(1, Nodes.member(0, 4, 1, Verdict.LIVE));
        assertRefused(RefusalReason.STALE_START);
    }

    @Test
    void earlierStart_ofThisNode_isIgnored() {
        meet(1);
        hear(1, Nodes.member(0, 2, 9, Verdict.DOWN));
        assertThat(told).noneMatch(Refused.class::isInstance);
        assertThat(directory.count(Counter.OBJECTIONS)).isZero();
    }

    @Test
    void refusal_ofAnotherStart_isIgnored() {
        send(1, new Refusal(new Life(2, 1), RefusalReason.STALE_START, null), List.of());
        assertThat(told).noneMatch(Refused.class::isInstance);
    }

    @Test
    void refusal_ofThisStart_endsIt() {
        meet(1);
        send(2, new Refusal(ownStanding().life(), RefusalReason.STALE_START, null), List.of());
        assertRefused(RefusalReason.STALE_START);
        int before = sent.size();
        runUntil(60_000);
        send(1, new Ping(9), List.of());
        assertThat(sent).hasSize(before);
    }

    @Test
    void earlierStart_ofAKnownNode_isRefusedAndNotHeard() {
        meet(1, new Life(5, 1));
        sent.clear();
        Life stale = new Life(4, 1);
        Update words = new Update(Nodes.member(1, new Standing(stale, 7, Verdict.LIVE)), null, null);
        directory.onMessage(
                now,
                Nodes.id(1),
                new DirectoryMessage(new Header(stale, 7, 0, null), new Ping(1), List.of(words, alive(3))));
        assertThat(last(Refusal.class))
                .isEqualTo(new Refusal(
                        stale, RefusalReason.STALE_START, Nodes.record(1, 5).contact()));
        assertThat(directory.node(Nodes.id(3))).isNull();
    }

    // what one alone says, while others answer

    @Test
    void refusal_ofOneNode_whileAnotherAnswers_doesNotEndThisOne() {
        answeredBy(1);
        send(2, new Refusal(ownStanding().life(), RefusalReason.DECOMMISSIONED, null), List.of());
        send(2, new Refusal(ownStanding().life(), RefusalReason.STALE_START, null), List.of());
        assertThat(told).noneMatch(Refused.class::isInstance);
        assertThat(directory.count(Counter.DOUBTED)).isEqualTo(2);
    }

    @Test
    void refusal_ofASecondNode_endsThisOne() {
        answeredBy(1);
        send(2, new Refusal(ownStanding().life(), RefusalReason.DECOMMISSIONED, null), List.of());
        send(3, new Refusal(ownStanding().life(), RefusalReason.DECOMMISSIONED, null), List.of());
        assertRefused(RefusalReason.DECOMMISSIONED);
    }

    @Test
    void refusal_ofOneNode_longAfterAnotherAnswered_endsThisOne() {
        answeredBy(1);
        Life life = ownStanding().life();
        runUntil(now + 60_000);
        send(2, new Refusal(life, RefusalReason.STALE_START, null), List.of());
        assertRefused(RefusalReason.STALE_START);
    }

    @Test
    void hearsay_thatThisNodeIsAnother_whileSomebodyAnswers_isNotBelieved() {
        answeredBy(1);
        meet(2);
        meet(3);
        Standing own = ownStanding();
        hear(2, Nodes.member(0, 4, 1, Verdict.LIVE));
        hear(3, Nodes.member(0, 5, 1, Verdict.LIVE));
        hear(2, Nodes.member(0, own.with(Verdict.DECOMMISSIONED)));
        hear(2, Nodes.member(0, NodeCodec.NUMBER_MAX, NodeCodec.NUMBER_MAX, Verdict.LIVE));
        assertThat(told).noneMatch(Refused.class::isInstance);
        assertThat(ownStanding()).isEqualTo(own);
    }

    @Test
    void words_thatThisNodeNeverSaid_whileSomebodyAnswers_areOvertaken() {
        answeredBy(1);
        meet(2);
        Standing own = ownStanding();
        hear(2, Nodes.member(0, new Standing(own.life(), 500, Verdict.LIVE)));
        assertThat(told).noneMatch(Refused.class::isInstance);
        assertThat(ownStanding()).isEqualTo(new Standing(own.life(), 501, Verdict.LIVE));
    }

    @Test
    void words_thatNobodyCanHaveSaid_areNonsense() {
        answeredBy(1);
        meet(2);
        Standing own = ownStanding();
        hear(2, Nodes.member(0, new Standing(own.life(), NodeCodec.NUMBER_MAX, Verdict.LIVE)));
        assertThat(ownStanding()).isEqualTo(own);
        assertThat(directory.count(Counter.DROPPED_NONSENSE)).isEqualTo(1);
    }

    // what one says of another

    @Test
    void hearsay_ofAnotherStart_ofANodeThatAnswers_isNotBelieved() {
        meet(1);
        meet(2);
        hear(2, Nodes.member(1, 2, 1, Verdict.LIVE));
        send(1, new Ack(last(Ping.class).number()), List.of(alive(1)));
        runUntil(now + 900);
        assertThat(contactOf(1).incarnation()).isEqualTo(1);
        assertThat(directory.count(Counter.HEARSAY_ASKED)).isEqualTo(1);
        assertThat(sent).noneMatch(each -> each.message().body() instanceof Refusal);
    }

    @Test
    void hearsay_ofAGoodbye_ofANodeThatAnswers_isNotBelieved() {
        meet(1);
        meet(2);
        Member gone = Nodes.member(1, 1, 2, Verdict.LIVE);
        hear(2, new Member(gone.stated(), gone.standing(), true, true));
        assertThat(stateOf(1)).isEqualTo(NodeState.ALIVE);
        send(1, new Ack(last(Ping.class).number()), List.of(alive(1)));
        runUntil(now + 900);
        assertThat(stateOf(1)).isEqualTo(NodeState.ALIVE);
    }

    @Test
    void hearsay_ofAnotherStart_ofANodeThatIsSilent_isBelieved() {
        meet(1);
        meet(2);
        hear(2, Nodes.member(1, 2, 1, Verdict.LIVE));
        runUntil(now + 2_500);
        assertThat(contactOf(1).incarnation()).isEqualTo(2);
    }

    @Test
    void hearsay_ofAnotherStart_thatTheNodeConfirms_isBelievedAtOnce() {
        meet(1);
        meet(2);
        hear(2, Nodes.member(1, 2, 1, Verdict.LIVE));
        Standing second = Nodes.member(1, 2, 1, Verdict.LIVE).standing();
        Update words = new Update(Nodes.member(1, second), null, null);
        directory.onMessage(
                now,
                Nodes.id(1),
                new DirectoryMessage(
                        new Header(second.life(), 1, 0, null),
                        new Ack(last(Ping.class).number()),
                        List.of(words)));
        assertThat(contactOf(1).incarnation()).isEqualTo(2);
        assertThat(sent).noneMatch(each -> each.message().body() instanceof Refusal);
    }

    @Test
    void hearsay_ofWordsThatAreKnown_changesNoneOfThem() {
        meet(1);
        meet(2);
        hear(2, elsewhere(1, 1, Verdict.SUSPECT));
        assertThat(stateOf(1)).isEqualTo(NodeState.SUSPECT);
        assertThat(contactOf(1).address()).isEqualTo(Nodes.address(1));
    }

    @Test
    void ownWords_ofANode_overrideWhatWasSaidOfIt() {
        meet(2);
        hear(2, elsewhere(1, 1, Verdict.LIVE));
        assertThat(contactOf(1).address()).isEqualTo(Nodes.address(7));
        meet(1);
        assertThat(contactOf(1).address()).isEqualTo(Nodes.address(1));
    }

    /** Or the node could never say anything again. */
    @Test
    void ownWords_ofANode_overrideNumbersThatCannotBe() {
        meet(2);
        hear(2, elsewhere(1, NodeCodec.NUMBER_MAX, Verdict.LIVE));
        meet(1);
        assertThat(contactOf(1).address()).isEqualTo(Nodes.address(1));
    }

    @Test
    void startNumber_thatCannotBe_isNotBelievedOfAKnownNode() {
        meet(1);
        meet(2);
        runUntil(60_000);
        meet(2);
        assertThat(stateOf(1)).isEqualTo(NodeState.DOWN);
        hear(2, Nodes.member(1, NodeCodec.NUMBER_MAX, 1, Verdict.LIVE));
        assertThat(contactOf(1).incarnation()).isEqualTo(1);
    }

    /** A node that never was known is believed to have started so often, until it comes itself. */
    @Test
    void startNumber_thatCannotBe_isForgottenWhenTheNodeComes() {
        meet(2);
        hear(2, Nodes.member(1, NodeCodec.NUMBER_MAX, 1, Verdict.LIVE));
        sent.clear();
        meet(1);
        assertThat(contactOf(1).incarnation()).isEqualTo(1);
        assertThat(sent).noneMatch(each -> each.message().body() instanceof Refusal);
    }

    // bounds

    @Test
    void table_fullOfNodesThatNobodyHeard_takesOneThatComesItself() {
        meet(1);
        for (int number = 12; number < 20; number++) {
            hear(1, Nodes.member(number, 1, 1, Verdict.LIVE));
        }
        runUntil(60_000);
        meet(2);
        assertThat(directory.node(Nodes.id(2))).isNotNull();
        assertThat(directory.nodes()).hasSize(5);
        hear(2, Nodes.member(3, 1, 1, Verdict.LIVE));
        assertThat(directory.node(Nodes.id(3))).isNull();
    }

    @Test
    void table_thatIsFull_takesNoMoreAndSaysSoOnce() {
        meet(1);
        for (int number = 2; number < 20; number++) {
            hear(1, Nodes.member(number, 1, 1, Verdict.LIVE));
        }
        assertThat(directory.nodes()).hasSize(5);
        assertThat(told.stream().filter(TableFull.class::isInstance)).hasSize(1);
    }

    @Test
    void table_thatIsFull_forgetsWhoIsDownWithoutData() {
        meet(1);
        hear(1, withoutData(2, Verdict.LIVE));
        hear(1, withoutData(2, Verdict.DOWN));
        runUntil(40_000);
        assertThat(stateOf(2)).isEqualTo(NodeState.DOWN);
        for (int number = 3; number < 6; number++) {
            meet(number);
        }
        assertThat(directory.nodes()).hasSize(5);
        assertThat(directory.node(Nodes.id(2))).isNull();
        assertThat(directory.node(Nodes.id(5))).isNotNull();
    }

    @Test
    void nodeWithoutData_downForLong_isForgottenAndNotLearnedAgain() {
        meet(1);
        hear(1, withoutData(2, Verdict.LIVE));
        runUntil(150_000);
        assertThat(directory.node(Nodes.id(2))).isNull();
        assertThat(events(Kind.LEFT)).hasSize(1);
        meet(1);
        hear(1, withoutData(2, Verdict.DOWN));
        assertThat(directory.node(Nodes.id(2))).isNull();
    }

    @Test
    void nodeWithData_downForLong_isKept() {
        meet(1);
        runUntil(600_000);
        assertThat(stateOf(1)).isEqualTo(NodeState.DOWN);
    }

    // the image

    @Test
    void image_ofAChangingTable_isWrittenNowAndThen() throws MalformedException {
        for (int number = 1; number < 5; number++) {
            meet(number);
        }
        runUntil(4_000);
        assertThat(stored).isEmpty();
        runUntil(5_500);
        assertThat(stored).hasSize(1);
        assertThat(ImageCodec.decode(stored.get(0))).hasSize(5);
    }

    @Test
    void image_afterADecommission_isWrittenAtOnce() throws MalformedException {
        meet(1);
        directory.decommission(now, Nodes.id(1));
        assertThat(stored).hasSize(1);
        assertThat(ImageCodec.decode(stored.get(0)))
                .anySatisfy(member -> assertThat(member.isDecommissioned()).isTrue());
    }

    @Test
    void image_thatKnowsThisStart_endsIt() {
        open(3, ImageCodec.encode(List.of(Nodes.member(0, 3, 1, Verdict.LIVE))));
        assertRefused(RefusalReason.STALE_START);
    }

    @Test
    void image_thatKnowsAnEarlierStart_isTakenOver() {
        Directory restarted = open(
                4,
                ImageCodec.encode(List.of(Nodes.member(0, 3, 1, Verdict.LIVE), Nodes.member(1, 1, 1, Verdict.DOWN))));
        assertThat(restarted.nodes()).hasSize(2);
        assertThat(told).isEmpty();
    }

    @Test
    void image_withThisNodeDecommissioned_endsIt() {
        open(4, ImageCodec.encode(List.of(Nodes.member(0, 3, 1, Verdict.DECOMMISSIONED))));
        assertRefused(RefusalReason.DECOMMISSIONED);
    }

    // help

    private static Update alive(int number) {
        return new Update(Nodes.member(number, 1, 1, Verdict.LIVE), null, null);
    }

    private static Member withoutData(int number, Verdict verdict) {
        Member member = Nodes.member(number, 1, 1, verdict);
        return new Member(member.stated(), member.standing(), false, false);
    }

    private void meet(int number) {
        send(number, new Gossip(), List.of(alive(number)));
    }

    private void meet(int number, Life life) {
        Update words = new Update(Nodes.member(number, new Standing(life, 1, Verdict.LIVE)), null, null);
        directory.onMessage(
                now,
                Nodes.id(number),
                new DirectoryMessage(new Header(life, 1, 0, null), new Gossip(), List.of(words)));
    }

    /** The node answers a question of this one. */
    private void answeredBy(int number) {
        meet(number);
        directory.onUnreachable(now, Nodes.id(number));
        send(number, new Ack(last(Ping.class).number()), List.of());
    }

    /** At the address of node 7. */
    private static Member elsewhere(int number, long version, Verdict verdict) {
        Standing standing =
                new Standing(Nodes.member(number, 1, 1, verdict).standing().life(), version, verdict);
        return new Member(Nodes.record(number, Nodes.address(7), 1, NodeState.ALIVE), standing, false, true);
    }

    private Contact contactOf(int number) {
        return Objects.requireNonNull(directory.node(Nodes.id(number))).contact();
    }

    private void hear(int from, Member claim) {
        send(from, new Gossip(), List.of(new Update(claim, null, null)));
    }

    private void send(int from, Body body, List<Update> news) {
        Standing standing = Nodes.member(from, 1, 1, Verdict.LIVE).standing();
        Header header = new Header(standing.life(), standing.version(), 0, null);
        directory.onMessage(now, Nodes.id(from), new DirectoryMessage(header, body, news));
    }

    private void runUntil(long millis) {
        while (directory.nextWakeMillis() <= millis) {
            now = Math.max(now, directory.nextWakeMillis());
            directory.onWake(now);
        }
        now = Math.max(now, millis);
    }

    private DirectoryMessage lastMessage() {
        return sent.get(sent.size() - 1).message();
    }

    private <T extends Body> T last(Class<T> kind) {
        for (int i = sent.size() - 1; i >= 0; i--) {
            if (kind.isInstance(sent.get(i).message().body())) {
                return kind.cast(sent.get(i).message().body());
            }
        }
        throw new AssertionError("no " + kind.getSimpleName() + " was sent, but " + sent);
    }

    private static Update ownWords(DirectoryMessage message) {
        return message.news().stream()
                .filter(update -> update.node().equals(Nodes.id(0)))
                .findFirst()
                .orElseThrow();
    }

    private Standing ownStanding() {
        send(1, new Ping(1_000), List.of());
        return ownWords(lastMessage()).member().standing();
    }

    private NodeState stateOf(int number) {
        NodeId node = Nodes.id(number);
        return Objects.requireNonNull(directory.node(node)).state();
    }

    private List<NodeEvent> events(Kind kind) {
        return told.stream()
                .filter(event -> event instanceof NodeEvent of && of.kind() == kind)
                .map(NodeEvent.class::cast)
                .toList();
    }

    private void assertRefused(RefusalReason reason) {
        assertThat(told)
                .filteredOn(Refused.class::isInstance)
                .hasSize(1)
                .allSatisfy(event -> assertThat(((Refused) event).reason()).isEqualTo(reason));
    }
}
