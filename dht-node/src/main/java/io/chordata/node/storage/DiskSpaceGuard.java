package io.chordata.node.storage;

import io.chordata.node.core.SpaceGuard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what the disk has room for, by the last reading that {@link #refresh} was given. A full disk fails syncs, and a
 * failed sync ends the node; so it stops taking objects while there is still room to delete some. Thread-safe; nobody has
 * to wait.
 */
public final class DiskSpaceGuard implements SpaceGuard {
    private static final Logger LOG = LoggerFactory.getLogger(DiskSpaceGuard.class);
    private static final double PERMILLE = 1000;

    private final SpaceGuardOptions options;
    private volatile Room room = Room.ALL;

    public DiskSpaceGuard(SpaceGuardOptions options) {
        this.options = options;
    }

    @Override
    public Room room() {
        return room;
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
        double usedPermille = PERMILLE - PERMILLE * usableBytes / totalBytes;
        Room before = room;
        Room after = roomAt(usedPermille, before);
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

    private Room roomAt(double usedPermille, Room before) {
        if (usedPermille >= threshold(options.recordsStopPermille(), before == Room.DELETES)) {
            return Room.DELETES;
        }
        return usedPermille >= threshold(options.blocksStopPermille(), before != Room.ALL) ? Room.RECORDS : Room.ALL;
    }

    private int threshold(int permille, boolean stopped) {
        return stopped ? permille - options.resumePermille() : permille;
    }
}
