package io.chordata.node.ring.view;

/**
 * The nodes chosen at one point, filled anew at each. First come the natural ones, the first k on the walk; then zones name
 * their representatives, natural or pulled; what zones leave open is filled from the natural ones again.
 */
final class Chosen {
    private final int[] natural;
    private final long[] naturalDistances;
    private int naturals;

    private final int[] nodes;
    private final long[] distances;
    private final boolean[] pulled;
    private int size;
    private int zones;

    Chosen(int replicas) {
        natural = new int[replicas];
        naturalDistances = new long[replicas];
        nodes = new int[replicas];
        distances = new long[replicas];
        pulled = new boolean[replicas];
    }

    void begin() {
        naturals = 0;
        size = 0;
        zones = 0;
    }

    void addNatural(int node, long distance) {
        natural[naturals] = node;
        naturalDistances[naturals++] = distance;
    }

    boolean hasAllZones() {
        return size == nodes.length;
    }

    /** @return whether the node is taken for its zone: it is natural, or near enough */
    boolean represent(int node, long distance, long limit) {
        boolean isNatural = contains(natural, naturals, node);
        if (!isNatural && Long.compareUnsigned(distance, limit) >= 0) {
            return false;
        }
        insert(node, distance, !isNatural);
        zones = size;
        return true;
    }

    void fill() {
        for (int i = 0; i < naturals && size < nodes.length; i++) {
            if (!contains(nodes, size, natural[i])) {
                insert(natural[i], naturalDistances[i], false);
            }
        }
    }

    /** In the order of the walk. */
    private void insert(int node, long distance, boolean isPulled) {
        int at = size++;
        while (at > 0 && Long.compareUnsigned(distances[at - 1], distance) > 0) {
            nodes[at] = nodes[at - 1];
            distances[at] = distances[at - 1];
            pulled[at] = pulled[at - 1];
            at--;
        }
        nodes[at] = node;
        distances[at] = distance;
        pulled[at] = isPulled;
    }

    private static boolean contains(int[] numbers, int count, int number) {
        for (int i = 0; i < count; i++) {
            if (numbers[i] == number) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    /** How many different zones there are among them. */
    int zones() {
        return zones;
    }

    int node(int i) {
        return nodes[i];
    }

    /** The upper half of the distance, unsigned. */
    long distance(int i) {
        return distances[i];
    }

    boolean isPulled(int i) {
        return pulled[i];
    }
}
