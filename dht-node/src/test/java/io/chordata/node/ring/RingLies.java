package io.chordata.node.ring;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a node can say on the ring that decodes, true or not. It knows the positions that it heard of, makes up others, of itself,
 * of those who are there, and of those who never were; and answers each question with something that may be an answer to it.
 */
final class RingLies {
    private static final int POSITIONS_KEPT = 256;

    private final SimRandom random;
    private final Contact self;
    private final Deque<Position> heard = new ArrayDeque<>();
    private final Map<NodeId, Contact> contacts = new TreeMap<>();
    private NodeId addressee;

    RingLies(SimRandom random, Contact self) {
        this.random = random;
        this.self = self;
        this.addressee = self.node();
        contacts.put(self.node(), self);
    }

    /** Takes note of whom a message speaks. */
    void hear(RingMessage message) {
        Inspection.contactsOf(message).forEach(contact -> contacts.put(contact.node(), contact));
        if (message instanceof RingMessage.Questions questions) {
            questions.questions().forEach(question -> question.forEachPosition(this::keep));
        } else if (message instanceof RingMessage.Answers answers) {
            answers.answers().forEach(answer -> answer.forEachPosition(this::keep));
        } else if (message instanceof RingMessage.Notices notices) {
            notices.notices().forEach(notice -> notice.forEachPosition(this::keep));
        }
    }

    void keep(Position position) {
        contacts.put(position.owner().node(), position.owner());
        heard.add(position);
        if (heard.size() > POSITIONS_KEPT) {
            heard.remove();
        }
    }

    /** One for each question, in their order, each of a kind that fits; or not quite. */
    RingMessage answer(RingMessage.Questions asked) {
        List<Answer> answers = new ArrayList<>();
        asked.questions().forEach(question -> answers.add(chance(0.97) ? fitting(question) : anyAnswer()));
        long number = chance(0.95) ? asked.number() : random.nextLong();
        return new RingMessage.Answers(from(), number, answers);
    }

    private Answer fitting(Question question) {
        if (question instanceof Question.AskPointers pointers && chance(0.8)) {
            Position at = asked(pointers.at());
            return new Answer.Told(pointers(at));
        }
        if (question instanceof Question.AskHop) {
            return switch (random.nextInt(5)) {
                case 0 -> new Answer.NotMember();
                case 1, 2 -> new Answer.Near(pointers(ownPosition()));
                default -> further();
            };
        }
        if (question instanceof Question.Ping) {
            return new Answer.Pong();
        }
        return chance(0.5) ? new Answer.NotMember() : new Answer.Unchanged();
    }

    /** The position for which it was asked, where that is one of its own. */
    private Position asked(RingId id) {
        return heard.stream()
                .filter(position ->
                        position.id().equals(id) && position.owner().node().equals(self.node()))
                .findFirst()
                .orElseGet(this::ownPosition);
    }

    RingMessage anything(NodeId to) {
        addressee = to;
        return switch (random.nextInt(3)) {
            case 0 -> new RingMessage.Questions(from(), random.nextLong(), some(this::question));
            case 1 -> new RingMessage.Answers(from(), random.nextInt(1_000), some(this::anyAnswer));
            default -> new RingMessage.Notices(from(), some(this::notice));
        };
    }

    private <T> List<T> some(Supplier<T> part) {
        int count = chance(0.02) ? RingMessage.PARTS_MAX : 1 + random.nextInt(4);
        return Stream.generate(part).limit(count).toList();
    }

    private Question question() {
        return switch (random.nextInt(3)) {
            case 0 -> new Question.AskPointers(anyId(), random.nextInt(2), chance(0.5) ? null : subject());
            case 1 -> new Question.AskHop(anyId());
            default -> new Question.Ping();
        };
    }

    private Answer anyAnswer() {
        return switch (random.nextInt(6)) {
            case 0 -> new Answer.Told(pointers(subject()));
            case 1 -> new Answer.Near(pointers(subject()));
            case 2 -> further();
            case 3 -> new Answer.Unchanged();
            case 4 -> new Answer.NotMember();
            default -> new Answer.Pong();
        };
    }

    private Answer further() {
        List<Answer.Way> ways = Stream.generate(
                        () -> new Answer.Way(anyPosition(), chance(0.5) ? HopSource.FINGER : HopSource.SUCCESSOR))
                .limit(random.nextInt(Answer.Further.CLOSER_MAX + 1))
                .toList();
        return new Answer.Further(subject(), ways);
    }

    private Notice notice() {
        RingId at = anyId();
        return switch (random.nextInt(3)) {
            case 0 -> new Notice.Notify(at, subject());
            case 1 -> new Notice.Leaving(at, subject(), anyPosition());
            default -> new Notice.Changed(at, subject());
        };
    }

    private Pointers pointers(Position at) {
        List<Position> successors = Stream.generate(this::anyPosition)
                .limit(1 + random.nextInt(chance(0.1) ? RingOptions.SUCCESSOR_ENTRIES_MAX : 10))
                .filter(position -> !position.id().equals(at.id()))
                .sorted(Comparator.comparing(position -> at.id().distanceTo(position.id())))
                .toList();
        List<Position> once = new ArrayList<>();
        for (Position position : successors) {
            if (once.isEmpty() || !once.get(once.size() - 1).id().equals(position.id())) {
                once.add(position);
            }
        }
        return new Pointers(at, anyPosition(), once.isEmpty() ? List.of(at) : once);
    }

    private Contact from() {
        return chance(0.95) ? self : contact(self.node());
    }

    private RingId anyId() {
        if (heard.isEmpty() || chance(0.1)) {
            return new RingId(random.nextUint128());
        }
        List<Position> ofAddressee = heard.stream()
                .filter(position -> position.owner().node().equals(addressee))
                .toList();
        return ofAddressee.isEmpty() || chance(0.2)
                ? anyHeard().id()
                : ofAddressee.get(random.nextInt(ofAddressee.size())).id();
    }

    private Position subject() {
        return chance(0.95) ? ownPosition() : anyPosition();
    }

    private Position ownPosition() {
        Position made = position(self);
        keep(made);
        return made;
    }

    private Position anyHeard() {
        return List.copyOf(heard).get(random.nextInt(heard.size()));
    }

    private Position anyPosition() {
        if (!heard.isEmpty() && chance(0.5)) {
            Position known = anyHeard();
            return chance(0.8) ? known : known.ownedBy(contact(known.owner().node()));
        }
        return chance(0.3) ? position(self) : position(contact(anyNode()));
    }

    private Position position(Contact owner) {
        return Position.of(
                owner, random.nextInt(chance(0.9) ? 4 : Position.PER_NODE_MAX), random.nextInt(Position.CANDIDATES));
    }

    private NodeId anyNode() {
        List<NodeId> known = List.copyOf(contacts.keySet());
        return chance(0.2)
                ? new NodeId(new Uint128(random.nextLong(), random.nextInt(50)))
                : known.get(random.nextInt(known.size()));
    }

    private Contact contact(NodeId node) {
        Contact known = contacts.get(node);
        NodeAddress address = known == null || chance(0.3) ? anyAddress() : known.address();
        return new Contact(node, address, incarnation(known == null ? 1 : known.incarnation()));
    }

    private long incarnation(long known) {
        return switch (random.nextInt(4)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> 1 + random.nextInt(1_000);
            default -> Math.max(known, known + random.nextInt(2));
        };
    }

    private NodeAddress anyAddress() {
        return chance(0.5) ? self.address() : new NodeAddress("nowhere-" + random.nextInt(50), 1);
    }

    private boolean chance(double probability) {
        return random.chance(probability);
    }
}
