package io.chordata.node.storage;

import io.chordata.node.core.SpaceGuard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what the disk has room for, by the last reading that {@link #refresh} was given. A full disk fails syncs, and a
 * failed sync ends the node; so it stops taking objects while there is still room to delete some.
 *
 * <p>A share of a small disk is little: it would be written between two readings, and a start that replays the records'
 * log needs room for what it replays. So some room is kept whatever the shares say, on tiny disks a share of that.
 * Thread-safe; nobody has to wait.
 */
public final class DiskSpaceGuard implements SpaceGuard {
    private static final Logger LOG = LoggerFactory.getLogger(DiskSpaceGuard.class);
    private static final double PERMILLE = 1000;
    private static final long BLOCKS_RESERVE_BYTES = 512L << 20;
    private static final long BLOCKS_RESERVE_PERMILLE = 250;
    private static final long RECORDS_RESERVE_BYTES = 256L << 20;
    private static final long RECORDS_RESERVE_PERMILLE = 150;

    private final SpaceGuardOptions options;
    private volatile Room room = Room.ALL;
    private volatile double usedPermille;

    public DiskSpaceGuard(SpaceGuardOptions options) {
        this.options = options;
    }

    @Override
    public Room room() {
        return room;
    }

    /** Whether more than that share of the disk is used. */
    public boolean isOver(int permille) {
        return usedPermille > permille;
    }

    /**
     * Takes a new reading; of several disks, the fullest. Reading a disk blocks, so do that on a worker, every few
     * seconds.
     *
     * @param usableBytes that this process may still write, as {@link java.nio.file.FileStore#getUsableSpace} says
     * @param totalBytes of the disk
     */
    public synchronized void refresh(long usableBytes, long totalBytes) {
        if (totalBytes <= 0 || usableBytes < 0) {
            throw new IllegalArgumentException("no disk has " + usableBytes + " bytes of " + totalBytes + " left");
        }
        usedPermille = PERMILLE - PERMILLE * usableBytes / totalBytes;
        Room before = room;
        Room after = roomAt(usedPermille, totalBytes, before);
        if (after != before) {
            room = after;
            LOG.warn(
                    "event=disk-room-changed from={} to={} usableBytes={} totalBytes={}",
                    before,
                    after,
                    usableBytes,
                    totalBytes);
        }
    }

    private Room roomAt(double usedPermille, long totalBytes, Room before) {
        double records =
                stop(options.recordsStopPermille(), RECORDS_RESERVE_BYTES, RECORDS_RESERVE_PERMILLE, totalBytes);
        if (usedPermille >= threshold(records, before == Room.DELETES)) {
            return Room.DELETES;
        }
        double blocks = stop(options.blocksStopPermille(), BLOCKS_RESERVE_BYTES, BLOCKS_RESERVE_PERMILLE, totalBytes);
        return usedPermille >= threshold(blocks, before != Room.ALL) ? Room.RECORDS : Room.ALL;
    }

    private static double stop(int stopPermille, long reserveBytes, long reservePermille, long totalBytes) {
        double reserve = Math.min(reservePermille, PERMILLE * reserveBytes / totalBytes);
        return Math.min(stopPermille, PERMILLE - reserve);
    }

    private double threshold(double permille, boolean stopped) {
        return stopped ? permille - options.resumePermille() : permille;
    }
}
