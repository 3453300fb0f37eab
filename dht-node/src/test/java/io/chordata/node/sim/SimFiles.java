package io.chordata.node.sim;

import io.chordata.node.storage.DiskFullException;
import io.chordata.node.storage.Files;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * A process's way to its {@link SimFileDisk}. Each call is a step at which the power may go ({@link #losePowerAfter}),
 * and may be short, find the disk full or fail, as told. A process that has ended reaches the disk no more.
 */
public final class SimFiles implements Files {
    private final SimFileDisk disk;
    private final SimRandom random;
    private long capacityBytes = 1L << 40;
    private double shortChance;
    private boolean failNextSync;
    private boolean failReads;
    private long steps;
    private long stepsLeft = Long.MAX_VALUE;
    private boolean ended;

    public SimFiles(SimFileDisk disk, SimRandom random) {
        this.disk = disk;
        this.random = random;
    }

    /** The step after {@code count} more is cut short. */
    public void losePowerAfter(long count) {
        stepsLeft = count;
    }

    public boolean isPowerLost() {
        return ended;
    }

    /** The process is gone. */
    public void end() {
        ended = true;
    }

    /** Calls so far. */
    public long steps() {
        return steps;
    }

    /** Of all files. */
    public long usedBytes() {
        return disk.usedBytes();
    }

    public void setCapacityBytes(long bytes) {
        capacityBytes = bytes;
    }

    /** Reads and writes do less than they could with this probability. */
    public void setShortChance(double chance) {
        shortChance = chance;
    }

    public void failNextSync() {
        failNextSync = true;
    }

    /** Reads fail from now on, or again succeed. */
    public void setFailReads(boolean fail) {
        failReads = fail;
    }

    private void step() {
        steps++;
        if (ended || stepsLeft-- <= 0) {
            ended = true;
            throw new SimPowerLoss();
        }
    }

    @Override
    public List<String> list() {
        step();
        return disk.names();
    }

    @Override
    public OpenFile create(String name) throws IOException {
        step();
        if (disk.find(name) != null) {
            throw new FileAlreadyExistsException(name);
        }
        if (disk.usedBytes() >= capacityBytes) {
            throw new DiskFullException("no room for " + name);
        }
        return new SimFile(name, disk.create(name));
    }

    @Override
    public OpenFile open(String name) throws IOException {
        step();
        return new SimFile(name, existing(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        step();
        existing(from);
        disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        step();
        existing(name);
        disk.delete(name);
    }

    private SimFileDisk.Node existing(String name) throws NoSuchFileException {
        SimFileDisk.Node node = disk.find(name);
        if (node == null) {
            throw new NoSuchFileException(name);
        }
        return node;
    }

    @Override
    public void syncDirectory() throws IOException {
        step();
        checkSync();
        disk.syncDirectory();
    }

    private void checkSync() throws IOException {
        if (failNextSync) {
            failNextSync = false;
            throw new IOException("the simulated sync failed");
        }
    }

    @Override
    public Space space() {
        return new Space(capacityBytes, Math.max(0, capacityBytes - disk.usedBytes()));
    }

    private final class SimFile implements OpenFile {
        private final String name;
        private final SimFileDisk.Node node;
        private boolean closed;

        SimFile(String name, SimFileDisk.Node node) {
            this.name = name;
            this.node = node;
        }

        private void use() throws IOException {
            step();
            if (closed) {
                throw new IOException(name + " is closed");
            }
        }

        @Override
        public long size() throws IOException {
            use();
            return node.size();
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            int wanted = from.remaining();
            try {
                use();
            } catch (SimPowerLoss e) {
                // some of it may have been done
                put(from, position, random.nextInt(wanted + 1));
                throw e;
            }
            long room = capacityBytes - disk.usedBytes() + Math.max(0, node.size() - position);
            if (room <= 0) {
                throw new DiskFullException("no room in " + name);
            }
            int count = (int) Math.min(room, shortened(wanted));
            put(from, position, count);
            return count;
        }

        private void put(ByteBuffer from, long position, int count) {
            if (count > 0) {
                byte[] bytes = new byte[count];
                from.get(bytes);
                node.write((int) position, bytes);
            }
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            use();
            if (failReads) {
                throw new IOException("the simulated read of " + name + " failed");
            }
            int rest = node.size() - (int) position;
            if (rest <= 0) {
                return -1;
            }
            byte[] bytes = new byte[Math.min(rest, shortened(into.remaining()))];
            node.read((int) position, bytes);
            into.put(bytes);
            return bytes.length;
        }

        private int shortened(int count) {
            return count > 1 && random.chance(shortChance) ? 1 + random.nextInt(count - 1) : count;
        }

        @Override
        public void truncate(long size) throws IOException {
            use();
            if (size < node.size()) {
                node.truncate((int) size);
            }
        }

        @Override
        public void sync() throws IOException {
            use();
            if (failNextSync) {
                disk.failSync(node);
            }
            checkSync();
            disk.sync(node);
        }

        /** No step: it changes nothing. */
        @Override
        public void checkPlace() throws IOException {
            if (disk.find(name) != node) {
                throw new NoSuchFileException(name);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
