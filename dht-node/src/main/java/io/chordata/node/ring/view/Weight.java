package io.chordata.node.ring.view;

import java.math.BigDecimal;

/**
 * How much a node takes, relative to others: one of weight 2 takes twice as many places and partitions as one of weight 1. Who
 * is not told otherwise weighs as many TiB as its disk has.
 *
 * @param thousandths 1 to 10,000,000
 */
public record Weight(int thousandths) implements Comparable<Weight> {
    public static final Weight ONE = new Weight(1_000);

    private static final int THOUSANDTHS_MAX = 10_000_000;
    private static final int DECIMALS = 3;
    private static final double TIB_BYTES = 1L << 40;

    public Weight {
        if (thousandths < 1 || thousandths > THOUSANDTHS_MAX) {
            throw new IllegalArgumentException("weights are 0.001 to 10000, got " + decimal(thousandths));
        }
    }

    /**
     * @param decimal as {@code 1}, {@code 2.5}, {@code 0.125}
     * @throws IllegalArgumentException if it is none, has more than three decimals, or is out of bounds
     */
    public static Weight parse(String decimal) {
        if (!decimal.matches("[0-9]{1,5}(\\.[0-9]{1,3})?")) {
            throw new IllegalArgumentException(
                    "a weight is a number from 0.001 to 10000 with up to three decimals, got '" + decimal + "'");
        }
        return new Weight(new BigDecimal(decimal).movePointRight(DECIMALS).intValueExact());
    }

    /** Of a node whose disk has so many bytes. */
    public static Weight ofCapacity(long bytes) {
        long thousandths = Math.round(bytes / TIB_BYTES * ONE.thousandths);
        return new Weight((int) Math.max(1, Math.min(thousandths, THOUSANDTHS_MAX)));
    }

    /** How many places a node of this weight takes: at least one, at most {@link Position#PER_NODE_MAX}. */
    public int positions(int positionsOfWeightOne) {
        if (positionsOfWeightOne < 1 || positionsOfWeightOne > Position.PER_NODE_MAX) {
            throw new IllegalArgumentException(
                    "positions are 1 to " + Position.PER_NODE_MAX + ", got " + positionsOfWeightOne);
        }
        long wanted = ((long) positionsOfWeightOne * thousandths + ONE.thousandths / 2) / ONE.thousandths;
        return (int) Math.max(1, Math.min(wanted, Position.PER_NODE_MAX));
    }

    public double toDouble() {
        return thousandths / (double) ONE.thousandths;
    }

    @Override
    public int compareTo(Weight other) {
        return Integer.compare(thousandths, other.thousandths);
    }

    @Override
    public String toString() {
        return decimal(thousandths);
    }

    private static String decimal(int thousandths) {
        BigDecimal value = BigDecimal.valueOf(thousandths, DECIMALS).stripTrailingZeros();
        return value.toPlainString();
    }
}
