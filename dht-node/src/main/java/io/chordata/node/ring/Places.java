package io.chordata.node.ring;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import io.chordata.node.ring.view.Weight;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node remembers of its places on the ring: chosen once, the same in all its lives.
 *
 * @param candidates which candidate it chose for each
 * @param weight for which they were chosen
 * @param isTaken whether they ever were on the ring
 */
record Places(List<Integer> candidates, Weight weight, boolean isTaken) {
    Places {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty() || candidates.size() > Position.PER_NODE_MAX) {
            throw new IllegalArgumentException(candidates.size() + " places");
        }
    }

    Places taken() {
        return new Places(candidates, weight, true);
    }

    List<Position> of(Contact owner) {
        List<Position> positions = new ArrayList<>(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            positions.add(Position.of(owner, i, candidates.get(i)));
        }
        return positions;
    }

    byte[] encode() {
        return RingProtos.Places.newBuilder()
                .addAllCandidates(candidates)
                .setTaken(isTaken)
                .setWeight(weight.equals(Weight.ONE) ? 0 : weight.thousandths())
                .build()
                .toByteArray();
    }

    /** @throws StoreFailedException if these are none: a node that forgot its places must not choose others */
    static Places decode(byte[] bytes) {
        try {
            RingProtos.Places places = RingProtos.Places.parseFrom(bytes);
            Weight weight = places.getWeight() == 0 ? Weight.ONE : new Weight(places.getWeight());
            return new Places(places.getCandidatesList(), weight, places.getTaken());
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new StoreFailedException("the places of this node on the ring cannot be read: " + e.getMessage(), e);
        }
    }
}
