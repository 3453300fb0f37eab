package io.chordata.node.ring;

import io.chordata.node.ring.view.Contact;
import java.util.List;

/** What the rings of two nodes say to each other. Whatever one node has for another at one moment shares a message. */
public sealed interface RingMessage {
    /** Larger batches are split. */
    int PARTS_MAX = 256;

    /** Who says it, and in which of its lives. */
    Contact from();

    /** @param number never used before by the sender, in no life */
    record Questions(Contact from, long number, List<Question> questions) implements RingMessage {
        public Questions {
            checkParts(questions);
        }
    }

    /** @param answers one for each question, in their order */
    record Answers(Contact from, long number, List<Answer> answers) implements RingMessage {
        public Answers {
            checkParts(answers);
        }
    }

    record Notices(Contact from, List<Notice> notices) implements RingMessage {
        public Notices {
            checkParts(notices);
        }
    }

    private static void checkParts(List<?> parts) {
        if (parts.isEmpty() || parts.size() > PARTS_MAX) {
            throw new IllegalArgumentException(parts.size() + " parts in a message");
        }
    }
}
