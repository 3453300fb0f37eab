package io.chordata.node.object;

/**
 * What one request reads of replicas as they are, wherever they stand. Changes nothing: a bucket that is being made or deleted
 * is as good as not there. Belongs to one request; not for several threads.
 */
public final class EventualReads {
    private final EventualPartitions partitions;
    private final Buckets buckets;
    private final Objects objects;
    private final Listings listings;

    EventualReads(EventualPartitions partitions, Buckets buckets, Objects objects, Listings listings) {
        this.partitions = partitions;
        this.buckets = buckets;
        this.objects = objects;
        this.listings = listings;
    }

    public Buckets buckets() {
        return buckets;
    }

    public Objects objects() {
        return objects;
    }

    public Listings listings() {
        return listings;
    }

    /** Everything that was acknowledged so long ago is in what was read so far; see the partitions' own answers. */
    public long ageMillis() {
        return partitions.ageMillis();
    }
}
