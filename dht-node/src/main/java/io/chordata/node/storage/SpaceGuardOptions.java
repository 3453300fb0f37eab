package io.chordata.node.storage;

/**
 * When a filling disk stops taking more.
 *
 * @param blocksStopPermille of the disk used, at which no more blocks are taken. Larger: more of the disk is used.
 *     Smaller: more is left for records, for compaction, and for somebody to notice.
 * @param recordsStopPermille of the disk used, at which only deletes are taken. Larger: objects can be written for longer.
 *     Smaller: more is left for what deletes themselves have to write.
 * @param resumePermille below a threshold that what it stopped is taken again. Larger: fewer flips to and fro. Smaller:
 *     freed space is used sooner.
 */
public record SpaceGuardOptions(int blocksStopPermille, int recordsStopPermille, int resumePermille) {
    public static final SpaceGuardOptions DEFAULT = new SpaceGuardOptions(950, 980, 5);

    private static final int ALL = 1000;

    public SpaceGuardOptions {
        if (resumePermille < 0 || resumePermille >= blocksStopPermille) {
            throw new IllegalArgumentException(
                    "resumePermille must be 0 to below " + blocksStopPermille + ", got " + resumePermille);
        }
        if (blocksStopPermille > recordsStopPermille || recordsStopPermille > ALL) {
            throw new IllegalArgumentException(
                    "blocksStopPermille must not be above recordsStopPermille, nor that above " + ALL + ", got "
                            + blocksStopPermille + " and " + recordsStopPermille);
        }
    }
}
