package io.chordata.node.ring.view;

import io.chordata.node.core.Uint128;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted set of items whose keys are spread evenly over the 128-bit numbers, as those of hashes are. The items
 * lie in short sorted arrays, one for each value of the leading bits of the key, and a changed set shares all arrays but
 * those that the change falls into. With n items a change copies n/64 references and one array of about 64; a search halves
 * one short array. Keys that are not spread make it slower, never wrong.
 */
final class SortedBuckets<T> {
    /** Items per bucket after a resize; between resizes a quarter to four times as many. */
    private static final int TARGET = 64;

    private static final int BITS_MAX = 20;

    private final Function<T, Uint128> key;
    private final Comparator<T> order;
    private final List<List<T>> buckets;
    private final int bits;
    private final int size;

    private SortedBuckets(Function<T, Uint128> key, Comparator<T> order, List<List<T>> buckets, int bits, int size) {
        this.key = key;
        this.order = order;
        this.buckets = buckets;
        this.bits = bits;
        this.size = size;
    }

    /** @param ties which of two different items with one key is first */
    static <T> SortedBuckets<T> empty(Function<T, Uint128> key, Comparator<T> ties) {
        return new SortedBuckets<>(key, Comparator.comparing(key).thenComparing(ties), List.of(List.of()), 0, 0);
    }

    int size() {
        return size;
    }

    /** The set without {@code removed}, all of which it must contain, and with {@code added}, none of which it may. */
    SortedBuckets<T> replace(Collection<T> removed, Collection<T> added) {
        int newSize = size - removed.size() + added.size();
        SortedBuckets<T> base = sizedFor(newSize);
        List<List<T>> changed = new ArrayList<>(base.buckets);
        for (T item : removed) {
            int bucket = base.bucketOf(item);
            changed.set(bucket, base.removed(changed.get(bucket), item));
        }
        for (T item : added) {
            int bucket = base.bucketOf(item);
            changed.set(bucket, base.added(changed.get(bucket), item));
        }
        return new SortedBuckets<>(key, order, changed, base.bits, newSize);
    }

    private SortedBuckets<T> sizedFor(int newSize) {
        int perBucket = newSize >> bits;
        boolean fits = (perBucket <= 4 * TARGET || bits == BITS_MAX) && (perBucket >= TARGET / 4 || bits == 0);
        return fits ? this : resized(newSize);
    }

    private SortedBuckets<T> resized(int newSize) {
        int wanted = Integer.SIZE - Integer.numberOfLeadingZeros(newSize / TARGET);
        int newBits = Math.min(BITS_MAX, wanted);
        List<List<T>> filled = new ArrayList<>(1 << newBits);
        for (int i = 0; i < 1 << newBits; i++) {
            filled.add(new ArrayList<>());
        }
        Iterator<T> all = iterator();
        while (all.hasNext()) {
            T item = all.next();
            filled.get(key.apply(item).leadingBits(newBits)).add(item);
        }
        return new SortedBuckets<>(key, order, filled, newBits, size);
    }

    private int bucketOf(T item) {
        return key.apply(item).leadingBits(bits);
    }

    private List<T> added(List<T> bucket, T item) {
        int at = indexOf(bucket, item);
        if (at >= 0) {
            throw new IllegalArgumentException("is there already: " + item);
        }
        List<T> copy = new ArrayList<>(bucket.size() + 1);
        copy.addAll(bucket);
        copy.add(-at - 1, item);
        return copy;
    }

    private List<T> removed(List<T> bucket, T item) {
        int at = indexOf(bucket, item);
        if (at < 0) {
            throw new IllegalArgumentException("is not there: " + item);
        }
        List<T> copy = new ArrayList<>(bucket);
        copy.remove(at);
        return copy;
    }

    private int indexOf(List<T> bucket, T item) {
        return Collections.binarySearch(bucket, item, order);
    }

    /** The first item whose key is {@code wanted} or greater; null if all are less. */
    @Nullable
    T atOrAfter(Uint128 wanted) {
        Iterator<T> rest = new Items(wanted);
        return rest.hasNext() ? rest.next() : null;
    }

    /** The last item whose key is less than {@code wanted}; null if none is. */
    @Nullable
    T before(Uint128 wanted) {
        int bucket = wanted.leadingBits(bits);
        int offset = firstAtOrAfter(buckets.get(bucket), wanted) - 1;
        while (offset < 0 && bucket > 0) {
            bucket--;
            offset = buckets.get(bucket).size() - 1;
        }
        return offset < 0 ? null : buckets.get(bucket).get(offset);
    }

    @Nullable
    T first() {
        return atOrAfter(Uint128.ZERO);
    }

    @Nullable
    T last() {
        T greatest = null;
        for (int bucket = buckets.size() - 1; bucket >= 0 && greatest == null; bucket--) {
            List<T> items = buckets.get(bucket);
            greatest = items.isEmpty() ? null : items.get(items.size() - 1);
        }
        return greatest;
    }

    /** All items by rising key. */
    Iterator<T> iterator() {
        return new Items(Uint128.ZERO);
    }

    /** The items whose key is {@code wanted} or greater, by rising key. */
    Iterator<T> from(Uint128 wanted) {
        return new Items(wanted);
    }

    private int firstAtOrAfter(List<T> bucket, Uint128 wanted) {
        int low = 0;
        int high = bucket.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (key.apply(bucket.get(middle)).compareTo(wanted) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private final class Items implements Iterator<T> {
        private int bucket;
        private int offset;

        Items(Uint128 wanted) {
            bucket = wanted.leadingBits(bits);
            offset = firstAtOrAfter(buckets.get(bucket), wanted);
            skipEmpty();
        }

        private void skipEmpty() {
            while (bucket < buckets.size() && offset == buckets.get(bucket).size()) {
                bucket++;
                offset = 0;
            }
        }

        @Override
        public boolean hasNext() {
            return bucket < buckets.size();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            T item = buckets.get(bucket).get(offset++);
            skipEmpty();
            return item;
        }
    }
}
