package io.chordata.node.ring.view;

import java.util.Arrays;

/**
 * Lists of small numbers in which one can be moved to the front at the cost of a few array writes. Each number is in one list
 * at most; {@link #NONE} ends each.
 */
final class FrontLists {
    static final int NONE = -1;

    private final int[] heads;
    private final int[] next;
    private final int[] previous;

    FrontLists(int lists, int numbers) {
        heads = filled(lists);
        next = filled(numbers);
        previous = filled(numbers);
    }

    int first(int list) {
        return heads[list];
    }

    int after(int number) {
        return next[number];
    }

    void moveToFront(int list, int number) {
        if (heads[list] == number) {
            return;
        }
        if (previous[number] != NONE) {
            unlink(number);
        }
        next[number] = heads[list];
        previous[number] = NONE;
        if (heads[list] != NONE) {
            previous[heads[list]] = number;
        }
        heads[list] = number;
    }

    /** Not the first one. */
    private void unlink(int number) {
        next[previous[number]] = next[number];
        if (next[number] != NONE) {
            previous[next[number]] = previous[number];
        }
    }

    private static int[] filled(int length) {
        int[] numbers = new int[length];
        Arrays.fill(numbers, NONE);
        return numbers;
    }
}
