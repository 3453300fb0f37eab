package io.chordata.node.object.rules;

import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Refusal;
import io.chordata.node.object.rules.MessageProtos.Refusal.Reason;

/** A command or query is refused. Thrown before the first change, caught by the state machine, which answers it. */
final class RuleRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;
    private final String detail;

    RuleRefusal(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    Answer answer() {
        return Answer.newBuilder()
                .setRefusal(Refusal.newBuilder().setReason(reason).setDetail(detail))
                .build();
    }
}
