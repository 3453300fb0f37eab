package io.chordata.node.process;

import java.util.Arrays;

/**
 * A fixed number of keys that clients use at a time. One whose books are full is left as it is, and another comes in its
 * place. Safe for many threads.
 */
final class LoadKeys {
    private final Books books;
    private final String prefix;
    private final int[] generations;
    private final String[] eTags;

    LoadKeys(Books books, String prefix, int count) {
        this.books = books;
        this.prefix = prefix;
        this.generations = new int[count];
        this.eTags = new String[count];
        Arrays.fill(eTags, "");
    }

    int count() {
        return generations.length;
    }

    synchronized String key(int number) {
        if (!books.hasRoom(name(number))) {
            renew(number);
        }
        return name(number);
    }

    /** The ETag that somebody saw last under this key, empty for none. */
    synchronized String eTag(int number) {
        return eTags[number];
    }

    synchronized void saw(int number, String eTag) {
        eTags[number] = eTag;
    }

    /** From now on all keys are new ones: the books of the others are closed. */
    synchronized void renew() {
        for (int number = 0; number < generations.length; number++) {
            renew(number);
        }
    }

    private void renew(int number) {
        generations[number]++;
        eTags[number] = "";
    }

    private String name(int number) {
        return prefix + number + "-" + generations[number];
    }
}
