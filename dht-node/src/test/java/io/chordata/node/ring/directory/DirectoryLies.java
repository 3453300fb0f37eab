package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
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
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Position;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a directory can say that decodes, true or not: a member of the cluster that listens, remembers what it heard, and twists
 * it. It never says in an operator's name that somebody was decommissioned, except where it is told to.
 */
public final class DirectoryLies {
    private static final int NEWS_MAX = 6;
    private static final long NUMBER_MAX = NodeCodec.NUMBER_MAX;

    private final SimRandom random;
    private final NodeRecord self;
    private final Life life;
    private final Map<NodeId, Member> heard = new TreeMap<>();
    private final Map<NodeId, List<Long>> questions = new TreeMap<>();
    private long version = 1;

    public DirectoryLies(SimRandom random, NodeRecord self) {
        this.random = random;
        this.self = self;
        this.life = new Life(self.contact().incarnation(), random.nextLong());
    }

    /**
     * Takes note of what another says, so as to answer it and to know of whom to lie.
     *
     * @return what an honest node would answer; null if nothing
     */
    public byte @Nullable [] hear(NodeId from, byte[] bytes) {
        try {
            DirectoryMessage message = DirectoryCodec.decode(bytes);
            message.news().forEach(this::learn);
            if (message.body() instanceof ExchangeReply reply) {
                reply.members().forEach(this::learn);
            }
            List<Long> asked = questions.computeIfAbsent(from, node -> new ArrayList<>());
            asked.add(numberOf(message.body()));
            if (asked.size() > 8) {
                asked.remove(0);
            }
            return honestAnswer(message.body());
        } catch (MalformedException e) {
            throw new AssertionError("an honest node says nonsense", e);
        }
    }

    private byte @Nullable [] honestAnswer(Body body) {
        Body answer = body instanceof Ping ping
                ? new Ack(ping.number())
                : body instanceof ExchangeRequest request
                        ? new ExchangeReply(request.number(), 0, null, List.of())
                        : null;
        Header header = new Header(life, version, 0, null);
        return answer == null ? null : DirectoryCodec.encode(new DirectoryMessage(header, answer, List.of(own())));
    }

    private void learn(Update update) {
        Member known = heard.get(update.node());
        if (known == null || update.member().standing().overrides(known.standing())) {
            heard.put(update.node(), update.member());
        }
    }

    private static long numberOf(Body body) {
        if (body instanceof Ping ping) {
            return ping.number();
        }
        return body instanceof ExchangeRequest request ? request.number() : 1;
    }

    /** As an honest newcomer begins. */
    public byte[] introduction() {
        Header header = new Header(life, version, 0, null);
        Body request = new ExchangeRequest(1, null, new MemberTable().hashes());
        return DirectoryCodec.encode(new DirectoryMessage(header, request, List.of(own())));
    }

    private Update own() {
        return new Update(new Member(self, new Standing(life, version, Verdict.LIVE), false, true), null, null);
    }

    private byte[] message(Body body, List<Update> news) {
        Header header = new Header(chance(0.9) ? life : anyLife(), anyNumber(), random.nextInt(3), anyLoad());
        return DirectoryCodec.encode(new DirectoryMessage(header, body, news));
    }

    /** Anything. */
    public byte[] lie(NodeId to) {
        return message(body(to), news(to));
    }

    private List<Update> news(NodeId to) {
        List<Update> news = new ArrayList<>();
        if (chance(0.5)) {
            news.add(own());
        }
        for (int i = random.nextInt(NEWS_MAX); i > 0; i--) {
            news.add(claim(chance(0.2) ? to : anyNode()));
        }
        return news;
    }

    private Body body(NodeId to) {
        return switch (random.nextInt(10)) {
            case 0 -> new Ping(anyNumber());
            case 1, 2 -> new Ack(askedNumber(to));
            case 3 -> new PingRequest(anyNumber(), anyNode());
            case 4 -> new PingResult(askedNumber(to), chance(0.5));
            case 5 -> new ExchangeRequest(anyNumber(), chance(0.5) ? null : anyNode(), anyHashes());
            case 6, 7 -> reply(to);
            case 8 -> refusal(to);
            default -> new Gossip();
        };
    }

    private ExchangeReply reply(NodeId to) {
        Map<NodeId, Update> members = new TreeMap<>();
        for (int i = random.nextInt(NEWS_MAX); i > 0; i--) {
            NodeId node = anyNode();
            members.put(node, claim(node));
        }
        long buckets = chance(0.7) ? -1 : random.nextLong();
        return new ExchangeReply(
                askedNumber(to), buckets, chance(0.7) ? null : anyNode(), List.copyOf(members.values()));
    }

    private Refusal refusal(NodeId to) {
        Member known = heard.get(to);
        Life refused =
                known == null || chance(0.3) ? anyLife() : known.standing().life();
        RefusalReason reason = RefusalReason.values()[random.nextInt(RefusalReason.values().length)];
        return new Refusal(refused, reason, chance(0.5) ? null : contact(anyNode(), anyNumber()));
    }

    private List<Long> anyHashes() {
        return Stream.generate(random::nextLong).limit(MemberTable.BUCKETS).toList();
    }

    /** Of a node that there is, or of one that nobody ever saw. */
    private NodeId anyNode() {
        List<NodeId> known = List.copyOf(heard.keySet());
        return known.isEmpty() || chance(0.05)
                ? new NodeId(new Uint128(random.nextLong(), random.nextInt(50)))
                : known.get(random.nextInt(known.size()));
    }

    private Update claim(NodeId node) {
        Member known = heard.get(node);
        Standing standing = known == null || chance(0.3) ? anyStanding() : twisted(known.standing());
        NodeRecord record = known == null || chance(0.3) ? anyRecord(node) : known.stated();
        NodeRecord fitting = record.withContact(contact(record, standing.life().incarnation()));
        return new Update(
                new Member(fitting, standing, chance(0.2), chance(0.7)),
                chance(0.5) ? null : anyNode(),
                chance(0.5) ? null : anyLoad());
    }

    private Standing anyStanding() {
        return new Standing(anyLife(), anyNumber(), anyVerdict());
    }

    /** A little off. */
    private Standing twisted(Standing true_) {
        Life other = chance(0.7)
                ? true_.life()
                : new Life(
                        true_.life().incarnation() + random.nextInt(3),
                        chance(0.5) ? true_.life().nonce() : random.nextLong());
        return new Standing(other, true_.version() + random.nextInt(3), anyVerdict());
    }

    private Verdict anyVerdict() {
        return Verdict.values()[random.nextInt(Verdict.DECOMMISSIONED.ordinal())];
    }

    private Life anyLife() {
        return new Life(anyNumber(), random.nextLong());
    }

    private long anyNumber() {
        return switch (random.nextInt(4)) {
            case 0 -> NUMBER_MAX;
            case 1 -> 1 + random.nextInt(3);
            case 2 -> random.nextLong(1, NUMBER_MAX);
            default -> 1 + random.nextInt(10_000);
        };
    }

    private long askedNumber(NodeId by) {
        List<Long> asked = questions.getOrDefault(by, List.of());
        return asked.isEmpty() || chance(0.2) ? anyNumber() : asked.get(random.nextInt(asked.size()));
    }

    private NodeRecord anyRecord(NodeId node) {
        NodeState stated = NodeState.values()[random.nextInt(3)];
        NodeState state = stated.isStated() ? stated : NodeState.DRAINING;
        List<Integer> candidates = Stream.generate(() -> random.nextInt(Position.CANDIDATES))
                .limit(chance(0.05) ? Position.PER_NODE_MAX : random.nextInt(6))
                .toList();
        return new NodeRecord(
                contact(node, 1),
                "liar",
                anyAddress(),
                anyAddress(),
                "zone-" + random.nextInt(3),
                self.weight(),
                "0",
                candidates,
                state,
                state);
    }

    private Contact contact(NodeRecord record, long incarnation) {
        return new Contact(record.node(), record.contact().address(), incarnation);
    }

    private Contact contact(NodeId node, long incarnation) {
        return new Contact(node, anyAddress(), incarnation);
    }

    private NodeAddress anyAddress() {
        return chance(0.5) ? self.contact().address() : new NodeAddress("nowhere-" + random.nextInt(50), 1);
    }

    private @Nullable Load anyLoad() {
        return chance(0.5)
                ? null
                : new Load(anyNumber(), new NodeLoad(1, 1, Long.MAX_VALUE, 1, Long.MAX_VALUE, Long.MAX_VALUE, 1));
    }

    private boolean chance(double probability) {
        return random.chance(probability);
    }
}
