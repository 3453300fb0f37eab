package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RandomSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whom to probe next: all in random order, then all in another (SWIM, section 4.3). So the time until a crashed node is probed
 * by a given other one is bounded by two rounds, which it is not where each choice is independent.
 */
final class ProbeOrder {
    private final List<NodeId> nodes = new ArrayList<>();
    private final RandomSource random;
    private int next;

    ProbeOrder(RandomSource random) {
        this.random = random;
    }

    /** At a random place, so that not all nodes probe a newcomer at one time. */
    void add(NodeId node) {
        int place = random.nextInt(nodes.size() + 1);
        nodes.add(place, node);
        if (place < next) {
            next++;
        }
    }

    void remove(NodeId node) {
        int place = nodes.indexOf(node);
        if (place >= 0) {
            nodes.remove(place);
            if (place < next) {
                next--;
            }
        }
    }

    /** The next of them that is eligible; null if none is. */
    @Nullable
    NodeId next(Predicate<NodeId> isEligible) {
        // twice: the rest of this round may have none, and the next begins with a new order
        for (int tried = 0; tried < 2 * nodes.size(); tried++) {
            if (next >= nodes.size()) {
                shuffle();
            }
            NodeId node = nodes.get(next++);
            if (isEligible.test(node)) {
                return node;
            }
        }
        return null;
    }

    /** Up to {@code count} different eligible ones, by chance; does not touch the order. */
    List<NodeId> sample(int count, Predicate<NodeId> isEligible) {
        List<NodeId> sample = new ArrayList<>();
        int size = nodes.size();
        int start = size == 0 ? 0 : random.nextInt(size);
        int step = size == 0 ? 0 : strideOf(size);
        for (int i = 0; i < size && sample.size() < count; i++) {
            NodeId node = nodes.get((int) ((start + (long) i * step) % size));
            if (isEligible.test(node)) {
                sample.add(node);
            }
        }
        return sample;
    }

    /** A random step that visits all places: without a common divisor. */
    private int strideOf(int size) {
        int step = 1 + random.nextInt(size);
        while (greatestCommonDivisor(step, size) != 1) {
            step++;
        }
        return step;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    private void shuffle() {
        for (int i = nodes.size() - 1; i > 0; i--) {
            Collections.swap(nodes, i, random.nextInt(i + 1));
        }
        next = 0;
    }
}
