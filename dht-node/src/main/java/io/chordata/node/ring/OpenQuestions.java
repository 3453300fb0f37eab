package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.Contact;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Questions under way. What is asked of one node during one event goes out as one message; it is sent again while no answer
 * comes, until its time is over. An answer counts once, from the node that was asked, in the life in which it was asked.
 */
final class OpenQuestions {
    private static final int LIFE_BITS = 40;

    private final RingOptions options;
    private final ChordRules rules;
    private final Contact self;
    private final Map<NodeId, List<Asked>> collected = new LinkedHashMap<>();
    /** Whoever was asked longest ago comes first: all have the same time to answer, so what is due is at the front. */
    private final Map<Long, Open> open = new LinkedHashMap<>();

    private long asked;

    private record Asked(Contact to, Question question, Asker asker) {}

    /** A message of questions. */
    static final class Open {
        private final RingMessage.Questions message;
        private final List<Asked> asked;
        private long sentMicros;
        private long nextMillis;
        private int attempts;

        private Open(RingMessage.Questions message, List<Asked> asked) {
            this.message = message;
            this.asked = asked;
        }

        Contact to() {
            return asked.get(0).to();
        }

        /** Known only where it was sent once: otherwise nobody can tell which of them was answered. */
        long roundTripMicros(long nowMicros) {
            return attempts == 1 ? nowMicros - sentMicros : KnownNodes.UNMEASURED;
        }

        List<Question> questions() {
            return message.questions();
        }

        boolean isAnsweredBy(List<Answer> answers) {
            if (answers.size() != asked.size()) {
                return false;
            }
            for (int i = 0; i < answers.size(); i++) {
                if (!asked.get(i).question().isAnsweredBy(answers.get(i))) {
                    return false;
                }
            }
            return true;
        }

        void answer(long nowMillis, List<Answer> answers) {
            for (int i = 0; i < asked.size(); i++) {
                asked.get(i).asker().onAnswer(nowMillis, answers.get(i));
            }
        }

        void silence(long nowMillis) {
            asked.forEach(question -> question.asker().onSilence(nowMillis));
        }
    }

    OpenQuestions(RingOptions options, ChordRules rules, Contact self) {
        this.options = options;
        this.rules = rules;
        this.self = self;
    }

    void ask(Contact to, Question question, Asker asker) {
        collected.computeIfAbsent(to.node(), node -> new ArrayList<>()).add(new Asked(to, question, asker));
    }

    /** Sends what was collected; questions to the own node come back instead. */
    List<Open> send(long nowMillis, long nowMicros, Outbox outbox) {
        List<Open> own = List.of();
        while (!collected.isEmpty()) {
            List<Asked> questions = takeFirst();
            Open next = new Open(
                    new RingMessage.Questions(
                            self,
                            nextNumber(),
                            questions.stream().map(Asked::question).toList()),
                    questions);
            if (next.to().node().equals(self.node())) {
                own = with(own, next);
            } else {
                send(nowMillis, nowMicros, next, outbox);
            }
        }
        return own;
    }

    boolean hasCollected() {
        return !collected.isEmpty();
    }

    private static List<Open> with(List<Open> list, Open next) {
        List<Open> longer = new ArrayList<>(list);
        longer.add(next);
        return longer;
    }

    private List<Asked> takeFirst() {
        Iterator<Map.Entry<NodeId, List<Asked>>> first = collected.entrySet().iterator();
        List<Asked> all = first.next().getValue();
        if (all.size() <= RingMessage.PARTS_MAX) {
            first.remove();
            return all;
        }
        List<Asked> head = all.subList(0, RingMessage.PARTS_MAX);
        List<Asked> taken = List.copyOf(head);
        head.clear();
        return taken;
    }

    /** Incarnations never repeat, so neither do numbers, across all lives of a node. */
    private long nextNumber() {
        return (self.incarnation() << LIFE_BITS) + asked++;
    }

    private void send(long nowMillis, long nowMicros, Open next, Outbox outbox) {
        next.attempts++;
        next.sentMicros = nowMicros;
        next.nextMillis = nowMillis + options.questionMillis() / options.attempts();
        open.remove(next.message.number());
        open.put(next.message.number(), next);
        outbox.send(next.to(), next.message);
    }

    /** The question that this answers, which is then no longer open; null if it answers none. */
    @Nullable
    Open take(NodeId from, RingMessage.Answers message) {
        Open answered = open.get(message.number());
        if (answered == null || !rules.isAnswerTo(answered.to().node().equals(from))) {
            return null;
        }
        return open.remove(message.number());
    }

    /** Whether each question has an answer of its kind; true as well where nobody asked. */
    boolean fits(RingMessage.Answers message) {
        Open answered = open.get(message.number());
        return answered == null || answered.isAnsweredBy(message.answers());
    }

    /** Whether a message must be sent again now. */
    boolean resend(long nowMillis, long nowMicros, Outbox outbox) {
        List<Open> again = new ArrayList<>();
        for (Open waiting : open.values()) {
            if (waiting.nextMillis > nowMillis) {
                break;
            }
            if (waiting.attempts < options.attempts()) {
                again.add(waiting);
            }
        }
        again.forEach(waiting -> send(nowMillis, nowMicros, waiting, outbox));
        return !again.isEmpty();
    }

    /** A node whose time to answer is over; null if none is. */
    @Nullable
    Contact nextSilent(long nowMillis) {
        for (Open waiting : open.values()) {
            if (waiting.nextMillis > nowMillis) {
                break;
            }
            if (waiting.attempts >= options.attempts()) {
                return waiting.to();
            }
        }
        return null;
    }

    /** Gives up what this node was asked, in this life or an earlier one. */
    List<Open> giveUp(Contact contact) {
        List<Open> given = new ArrayList<>();
        for (Iterator<Open> all = open.values().iterator(); all.hasNext(); ) {
            Open next = all.next();
            if (next.to().node().equals(contact.node()) && next.to().incarnation() <= contact.incarnation()) {
                all.remove();
                given.add(next);
            }
        }
        return given;
    }

    /** Time during which this node itself stood still is no silence of others. */
    void forgive(long millis) {
        open.values().forEach(waiting -> waiting.nextMillis += millis);
    }

    long nextMillis() {
        return open.isEmpty() ? Long.MAX_VALUE : open.values().iterator().next().nextMillis;
    }
}
