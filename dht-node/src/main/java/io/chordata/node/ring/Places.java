package io.chordata.node.ring;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Departure;
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
 * @param departure whether the node is to leave
 */
record Places(List<Integer> candidates, Weight weight, boolean isTaken, Departure departure) {
    Places {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty() || candidates.size() > Position.PER_NODE_MAX) {
            throw new IllegalArgumentException(candidates.size() + " places");
        }
    }

    /** As they are chosen. */
    Places(List<Integer> candidates, Weight weight, boolean isTaken) {
        this(candidates, weight, isTaken, Departure.NONE);
    }

    Places taken() {
        return new Places(candidates, weight, true, departure);
    }

    Places leaving(Departure how) {
        return new Places(candidates, weight, isTaken, how);
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
                .setDeparture(
                        switch (departure) {
                            case NONE -> RingProtos.Departure.NONE;
                            case DRAIN -> RingProtos.Departure.DRAIN;
                            case DECOMMISSION -> RingProtos.Departure.DECOMMISSION;
                        })
                .build()
                .toByteArray();
    }

    /** @throws StoreFailedException if these are none: a node that forgot its places must not choose others */
    static Places decode(byte[] bytes) {
        try {
            RingProtos.Places places = RingProtos.Places.parseFrom(bytes);
            Weight weight = places.getWeight() == 0 ? Weight.ONE : new Weight(places.getWeight());
            Departure departure = switch (places.getDeparture()) {
                case NONE -> Departure.NONE;
                case DRAIN -> Departure.DRAIN;
                case DECOMMISSION -> Departure.DECOMMISSION;
                case UNRECOGNIZED -> throw new IllegalArgumentException("an unknown departure");
            };
            return new Places(places.getCandidatesList(), weight, places.getTaken(), departure);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new StoreFailedException("the places of this node on the ring cannot be read: " + e.getMessage(), e);
        }
    }
}
