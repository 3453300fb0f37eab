package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a message can be true, as far as that can be told before it changes anything. What it says of the sender must come
 * from the sender; of this node nobody knows a later life than this one (a copy of its disk would), nor another owner of its
 * positions.
 */
final class Inspection {
    private final Contact self;
    private final Set<RingId> ownIds;

    Inspection(Contact self, Set<RingId> ownIds) {
        this.self = self;
        this.ownIds = ownIds;
    }

    boolean isSound(NodeId from, RingMessage message) {
        return message.from().node().equals(from)
                && !from.equals(self.node())
                && speaksForItself(message)
                && all(message, this::isPossible);
    }

    private boolean isPossible(Position position) {
        boolean isOurs = position.owner().node().equals(self.node());
        return isOurs ? position.owner().incarnation() <= self.incarnation() : !ownIds.contains(position.id());
    }

    private static boolean speaksForItself(RingMessage message) {
        NodeId from = message.from().node();
        if (message instanceof RingMessage.Questions questions) {
            return all(questions.questions(), question -> isOf(from, question.subject()));
        }
        if (message instanceof RingMessage.Notices notices) {
            return all(notices.notices(), notice -> isOf(from, notice.subject()));
        }
        return all(((RingMessage.Answers) message).answers(), answer -> isOf(from, answer.at()));
    }

    private static boolean isOf(NodeId node, @Nullable Position position) {
        return position == null || position.owner().node().equals(node);
    }

    /** This is asked of every message, where a stream for each would be felt. */
    private static <P> boolean all(List<P> parts, Predicate<P> test) {
        for (P part : parts) {
            if (!test.test(part)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it holds for every position that the message mentions. */
    private static boolean all(RingMessage message, Predicate<Position> test) {
        boolean[] holds = {true};
        positionsOf(message, position -> holds[0] &= test.test(position));
        return holds[0];
    }

    /** Each once. */
    static Set<Contact> contactsOf(RingMessage message) {
        Set<Contact> contacts = new LinkedHashSet<>();
        contacts.add(message.from());
        positionsOf(message, position -> contacts.add(position.owner()));
        return contacts;
    }

    private static void positionsOf(RingMessage message, Consumer<Position> each) {
        if (message instanceof RingMessage.Questions questions) {
            questions.questions().forEach(question -> question.forEachPosition(each));
        } else if (message instanceof RingMessage.Answers answers) {
            answers.answers().forEach(answer -> answer.forEachPosition(each));
        } else if (message instanceof RingMessage.Notices notices) {
            notices.notices().forEach(notice -> notice.forEachPosition(each));
        }
    }
}
