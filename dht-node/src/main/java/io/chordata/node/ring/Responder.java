package io.chordata.node.ring;

import java.util.ArrayList;
import java.util.List;

/** Answers what others ask, from the pointers as they are at that moment. */
final class Responder {
    private final Ring ring;

    Responder(Ring ring) {
        this.ring = ring;
    }

    List<Answer> answer(long nowMillis, List<Question> questions) {
        List<Answer> answers = new ArrayList<>(questions.size());
        for (Question question : questions) {
            answers.add(answer(nowMillis, question));
        }
        return List.copyOf(answers);
    }

    private Answer answer(long nowMillis, Question question) {
        if (question instanceof Question.AskPointers asked) {
            return pointers(nowMillis, asked);
        }
        if (question instanceof Question.AskHop hop) {
            return ring.lookups.answer(nowMillis, hop.id());
        }
        return new Answer.Pong();
    }

    private Answer pointers(long nowMillis, Question.AskPointers asked) {
        RingMember member = ring.members().get(asked.at());
        if (member == null) {
            return new Answer.NotMember();
        }
        if (asked.joining() != null) {
            member.onJoining(nowMillis, asked.joining());
        }
        Pointers pointers = member.pointers();
        return asked.known() != 0 && asked.known() == pointers.hash()
                ? new Answer.Unchanged()
                : new Answer.Told(pointers);
    }
}
