package io.chordata.node.history;

import java.util.Arrays;

/**
 * How far an order has come. Sets are rising arrays.
 *
 * <p>{@code placed} are moves that stand in the order though they have not returned yet; {@code free} ones do, too, but
 * where nobody needs them, so that they may as well be placed anew. {@code used} are kinds of helpers, a kind as often as it
 * was used.
 */
final class Configuration {
    private static final int[] NONE = {};

    private final int state;
    private final int[] placed;
    private final int[] free;
    private final int[] used;

    private Configuration(int state, int[] placed, int[] free, int[] used) {
        this.state = state;
        this.placed = placed;
        this.free = free;
        this.used = used;
    }

    static Configuration initial(int state) {
        return new Configuration(state, NONE, NONE, NONE);
    }

    int state() {
        return state;
    }

    boolean isPlaced(int move) {
        return Arrays.binarySearch(placed, move) >= 0;
    }

    boolean isFree(int move) {
        return Arrays.binarySearch(free, move) >= 0;
    }

    boolean has(int move) {
        return isPlaced(move) || isFree(move);
    }

    Configuration placing(int move, int left) {
        return new Configuration(left, inserted(placed, move), isFree(move) ? removed(free, move) : free, used);
    }

    Configuration freeing(int move) {
        return new Configuration(state, placed, inserted(free, move), used);
    }

    Configuration leaving(int left) {
        return new Configuration(left, placed, free, used);
    }

    Configuration using(int kind) {
        return new Configuration(state, placed, free, inserted(used, kind));
    }

    /** The move has returned; nobody asks for it any more. */
    Configuration without(int move) {
        return isPlaced(move)
                ? new Configuration(state, removed(placed, move), free, used)
                : new Configuration(state, placed, removed(free, move), used);
    }

    Configuration renamed(int newState, Helpers helpers) {
        int[] numbers = Arrays.stream(used).map(helpers::currentNumber).sorted().toArray();
        return new Configuration(newState, placed, free, numbers);
    }

    int timesUsed(int kind) {
        int count = 0;
        for (int each : used) {
            count += each == kind ? 1 : 0;
        }
        return count;
    }

    /** Whatever the other can still do, this one can, if it can in this state. */
    boolean hasDoneAsMuchAs(Configuration other, Helpers helpers) {
        if (!isPart(other.free, free) || !isPart(placed, other.placed)) {
            return false;
        }
        for (int move : other.placed) {
            if (!has(move)) {
                return false;
            }
        }
        return helpers.isNoMore(used, other.used);
    }

    private static boolean isPart(int[] part, int[] whole) {
        int at = 0;
        for (int each : part) {
            while (at < whole.length && whole[at] < each) {
                at++;
            }
            if (at == whole.length || whole[at] != each) {
                return false;
            }
            at++;
        }
        return true;
    }

    private static int[] inserted(int[] rising, int value) {
        int[] more = new int[rising.length + 1];
        int at = 0;
        while (at < rising.length && rising[at] <= value) {
            more[at] = rising[at];
            at++;
        }
        more[at] = value;
        System.arraycopy(rising, at, more, at + 1, rising.length - at);
        return more;
    }

    private static int[] removed(int[] rising, int value) {
        int at = Arrays.binarySearch(rising, value);
        int[] rest = new int[rising.length - 1];
        System.arraycopy(rising, 0, rest, 0, at);
        System.arraycopy(rising, at + 1, rest, at, rest.length - at);
        return rest;
    }
}
