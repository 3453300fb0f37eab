package io.chordata.node.ring;

import com.google.protobuf.ByteString;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decodes one message. Whatever cannot be is an {@link IllegalArgumentException}, here or from the value that refuses it. */
final class MessageDecoder {
    private static final int NUMBERS_PER_POSITION = 3;

    private final List<Contact> contacts = new ArrayList<>();
    /** Lists of neighbours overlap, and the id of each position costs a hash. */
    private final Map<Place, Position> positions = new LinkedHashMap<>();

    private record Place(int owner, int index, int candidate) {}

    MessageDecoder(List<RingProtos.Contact> encoded) {
        Set<NodeId> nodes = new TreeSet<>();
        for (RingProtos.Contact contact : encoded) {
            NodeId node = new NodeId(number(contact.getNode()));
            require(nodes.add(node), "a node is named twice");
            contacts.add(
                    new Contact(node, new NodeAddress(contact.getHost(), contact.getPort()), contact.getIncarnation()));
        }
        require(!contacts.isEmpty(), "there is no sender");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static Uint128 number(ByteString bytes) {
        require(bytes.size() == Uint128.BYTES, "an id has " + Uint128.BYTES + " bytes, not " + bytes.size());
        return Uint128.fromBytes(bytes.toByteArray(), 0);
    }

    private static RingId id(ByteString bytes) {
        return new RingId(number(bytes));
    }

    private List<Position> positions(List<Integer> numbers, int atLeast, int atMost) {
        int count = numbers.size() / NUMBERS_PER_POSITION;
        require(
                numbers.size() % NUMBERS_PER_POSITION == 0 && count >= atLeast && count <= atMost,
                numbers.size() + " numbers for " + atLeast + " to " + atMost + " positions");
        List<Position> positions = new ArrayList<>(count);
        for (int i = 0; i < numbers.size(); i += NUMBERS_PER_POSITION) {
            positions.add(position(new Place(numbers.get(i), numbers.get(i + 1), numbers.get(i + 2))));
        }
        return positions;
    }

    private Position position(Place place) {
        Position known = positions.get(place);
        if (known == null) {
            require(place.owner() >= 0 && place.owner() < contacts.size(), "there is no contact " + place.owner());
            known = Position.of(contacts.get(place.owner()), place.index(), place.candidate());
            positions.put(place, known);
        }
        return known;
    }

    /** Before any of them is read. */
    private static <T> List<T> bounded(List<T> parts) {
        require(parts.size() <= RingMessage.PARTS_MAX, parts.size() + " parts in a message");
        return parts;
    }

    RingMessage decode(RingProtos.Message message) {
        Contact from = contacts.get(0);
        return switch (message.getBodyCase()) {
            case QUESTIONS ->
                new RingMessage.Questions(
                        from,
                        message.getQuestions().getNumber(),
                        bounded(message.getQuestions().getQuestionsList()).stream()
                                .map(this::question)
                                .toList());
            case ANSWERS ->
                new RingMessage.Answers(
                        from,
                        message.getAnswers().getNumber(),
                        bounded(message.getAnswers().getAnswersList()).stream()
                                .map(this::answer)
                                .toList());
            case NOTICES ->
                new RingMessage.Notices(
                        from,
                        bounded(message.getNotices().getNoticesList()).stream()
                                .map(this::notice)
                                .toList());
            case BODY_NOT_SET -> throw new IllegalArgumentException("a message without body");
        };
    }

    private Question question(RingProtos.Question question) {
        return switch (question.getKindCase()) {
            case POINTERS ->
                new Question.AskPointers(
                        id(question.getPointers().getAt()),
                        question.getPointers().getKnown(),
                        joining(question.getPointers()));
            case HOP -> new Question.AskHop(id(question.getHop()));
            case PING -> new Question.Ping();
            case KIND_NOT_SET -> throw new IllegalArgumentException("an unknown question");
        };
    }

    private @Nullable Position joining(RingProtos.AskPointers asked) {
        List<Position> joining = positions(asked.getJoiningList(), 0, 1);
        return joining.isEmpty() ? null : joining.get(0);
    }

    private Answer answer(RingProtos.Answer answer) {
        return switch (answer.getKindCase()) {
            case TOLD -> new Answer.Told(pointers(answer.getTold()));
            case UNCHANGED -> new Answer.Unchanged();
            case NOT_MEMBER -> new Answer.NotMember();
            case NEAR -> new Answer.Near(pointers(answer.getNear()));
            case FURTHER -> further(answer.getFurther());
            case PONG -> new Answer.Pong();
            case KIND_NOT_SET -> throw new IllegalArgumentException("an unknown answer");
        };
    }

    private Pointers pointers(RingProtos.Pointers encoded) {
        List<Position> positions = positions(encoded.getPositionsList(), 3, 2 + RingOptions.SUCCESSOR_ENTRIES_MAX);
        return new Pointers(positions.get(0), positions.get(1), List.copyOf(positions.subList(2, positions.size())));
    }

    private Answer further(RingProtos.Further encoded) {
        List<Position> positions = positions(encoded.getPositionsList(), 1, 1 + Answer.Further.CLOSER_MAX);
        require(positions.size() == encoded.getSourcesCount() + 1, "not each closer position has a source");
        List<Answer.Way> closer = new ArrayList<>();
        for (int i = 0; i < encoded.getSourcesCount(); i++) {
            boolean isFinger = encoded.getSources(i) == RingProtos.Source.FINGER;
            closer.add(new Answer.Way(positions.get(i + 1), isFinger ? HopSource.FINGER : HopSource.SUCCESSOR));
        }
        return new Answer.Further(positions.get(0), List.copyOf(closer));
    }

    private Notice notice(RingProtos.Notice notice) {
        RingId at = id(notice.getAt());
        return switch (notice.getKindCase()) {
            case NOTIFY ->
                new Notice.Notify(
                        at,
                        positions(notice.getNotify().getPositionsList(), 1, 1).get(0));
            case LEAVING -> {
                List<Position> positions = positions(notice.getLeaving().getPositionsList(), 2, 2);
                yield new Notice.Leaving(at, positions.get(0), positions.get(1));
            }
            case CHANGED ->
                new Notice.Changed(
                        at,
                        positions(notice.getChanged().getPositionsList(), 1, 1).get(0));
            case KIND_NOT_SET -> throw new IllegalArgumentException("an unknown notice");
        };
    }
}
