package io.chordata.client.bench;

import java.util.Locale;

/** What is measured. */
enum BenchOperation {
    /** Objects under new keys. */
    PUT(false),
    /** Whole objects, picked at random from those prepared. */
    GET(true),
    /** Seven reads to three writes. */
    MIXED(true),
    /** Pages of up to 1,000 keys of the objects prepared. */
    LIST(true),
    /** Objects put just before, while the clock stands still. */
    DELETE(false);

    private final boolean reads;

    BenchOperation(boolean reads) {
        this.reads = reads;
    }

    /** True if objects have to be there before it starts. */
    boolean reads() {
        return reads;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
