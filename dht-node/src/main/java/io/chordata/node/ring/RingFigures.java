package io.chordata.node.ring;

import io.chordata.node.ring.directory.Counter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the ring of a node has counted since its start, at one moment.
 *
 * @param viewAgeMillis since the view last changed
 * @param positions of this node that are on the ring
 * @param lookups that were asked for from outside of the ring, ended
 * @param lookupsStopped those of them that found nobody
 * @param lookupHops what those that found somebody went over
 * @param lookupsOpen under way, those of the ring itself included
 * @param messagesUnreadable that came and could not be read
 * @param messagesTooLarge that were not sent
 * @param messagesDropped that came while too many waited
 */
public record RingFigures(
        long viewVersion,
        long viewAgeMillis,
        int positions,
        long lookups,
        long lookupsStopped,
        long lookupHops,
        int lookupsOpen,
        long messagesUnreadable,
        long messagesTooLarge,
        long messagesDropped,
        Map<RingRule, Long> rules,
        Map<Counter, Long> directory) {
    public RingFigures {
        rules = Collections.unmodifiableMap(new EnumMap<>(rules));
        directory = Collections.unmodifiableMap(new EnumMap<>(directory));
    }
}
