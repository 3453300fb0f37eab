package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.RingCluster.Envelope;
import io.chordata.node.sim.SimNetwork;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets messages be lost and come late, but of each question and its answers only so many that one attempt gets through in
 * time. A notice may meet with anything.
 */
final class BoundedHarm implements SimNetwork.Harm<Envelope> {
    private final int perQuestionMax;
    private final Map<Exchange, Integer> harmed = new LinkedHashMap<>();

    private record Exchange(NodeId asker, long number) {}

    BoundedHarm(int perQuestionMax) {
        this.perQuestionMax = perQuestionMax;
    }

    @Override
    public boolean allows(Envelope envelope) {
        if (envelope.message() instanceof RingMessage.Questions questions) {
            return allows(new Exchange(envelope.from(), questions.number()));
        }
        if (envelope.message() instanceof RingMessage.Answers answers) {
            return allows(new Exchange(envelope.to().node(), answers.number()));
        }
        return true;
    }

    private boolean allows(Exchange exchange) {
        if (harmed.getOrDefault(exchange, 0) >= perQuestionMax) {
            return false;
        }
        harmed.merge(exchange, 1, Integer::sum);
        return true;
    }
}
