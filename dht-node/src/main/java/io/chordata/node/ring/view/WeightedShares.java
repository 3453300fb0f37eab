package io.chordata.node.ring.view;

/**
 * How many partitions each node should hold by its weight. A node holds a partition once or not at all, so one that is too
 * heavy for its part gets all partitions, and the others share what is left by their weights.
 */
final class WeightedShares {
    private WeightedShares() {}

    /** @param replicas how many nodes hold each partition, if there are as many */
    static double[] of(double[] weights, int partitions, int replicas) {
        double[] shares = new double[weights.length];
        double left = (double) partitions * Math.min(replicas, weights.length);
        double weightLeft = 0;
        for (double weight : weights) {
            weightLeft += weight;
        }
        boolean filled = true;
        while (filled) {
            filled = false;
            for (int n = 0; n < weights.length; n++) {
                if (shares[n] == 0 && weights[n] * left >= weightLeft * partitions) {
                    shares[n] = partitions;
                    left -= partitions;
                    weightLeft -= weights[n];
                    filled = true;
                }
            }
        }
        for (int n = 0; n < weights.length; n++) {
            shares[n] = shares[n] == 0 ? weights[n] / weightLeft * left : shares[n];
        }
        return shares;
    }
}
