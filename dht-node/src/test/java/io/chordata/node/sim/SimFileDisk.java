package io.chordata.node.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One directory of files as a disk keeps it: what is durable apart from what is not. {@link #crash} leaves of the latter
 * whatever the seed says: any subset of the pages and names, pages of any age, torn between sectors, with flipped bits,
 * files of any length between.
 */
public final class SimFileDisk {
    static final int PAGE_BYTES = 4096;

    private static final int SECTOR_BYTES = 512;

    private final SortedMap<String, Node> names = new TreeMap<>();
    private final SortedMap<String, Node> durableNames = new TreeMap<>();
    private final List<NameChange> pendingNames = new ArrayList<>();
    private boolean fileSyncsIgnored;
    private boolean directorySyncsIgnored;
    private long tornPages;
    private long lostPages;
    private long flippedBits;
    private long lostNames;

    /** A change of names that no directory sync has covered. */
    private record NameChange(
            @Nullable String removed, @Nullable String added, Node node) {}

    /** A file without its name. */
    static final class Node {
        private byte[] content = new byte[0];
        private byte[] durable = new byte[0];
        /** What each page was since the last sync, oldest first. */
        private final SortedMap<Integer, List<byte[]>> pending = new TreeMap<>();
        /** Pages that a failed sync left behind: clean for the system, not on the disk. */
        private final SortedMap<Integer, List<byte[]>> forgotten = new TreeMap<>();

        private final List<Integer> pendingSizes = new ArrayList<>();

        int size() {
            return content.length;
        }

        void read(int position, byte[] into) {
            System.arraycopy(content, position, into, 0, into.length);
        }

        void write(int position, byte[] bytes) {
            if (position + bytes.length > content.length) {
                resize(position + bytes.length);
            }
            System.arraycopy(bytes, 0, content, position, bytes.length);
            dirty(position, position + bytes.length);
        }

        void truncate(int size) {
            int old = content.length;
            resize(size);
            dirty(size, old);
        }

        private void resize(int size) {
            content = Arrays.copyOf(content, size);
            pendingSizes.add(size);
        }

        private void dirty(int from, int to) {
            for (int page = from / PAGE_BYTES; page * PAGE_BYTES < to; page++) {
                pending.computeIfAbsent(page, none -> new ArrayList<>()).add(pageOf(content, page));
            }
        }

        private void sync() {
            byte[] synced = Arrays.copyOf(durable, content.length);
            pending.keySet().forEach(page -> put(synced, page, pageOf(content, page)));
            durable = synced;
            pending.clear();
            pendingSizes.clear();
        }

        private void forget() {
            pending.forEach((page, ages) ->
                    forgotten.computeIfAbsent(page, none -> new ArrayList<>()).addAll(ages));
            pending.clear();
        }

        private static byte[] pageOf(byte[] content, int page) {
            int from = Math.min(page * PAGE_BYTES, content.length);
            byte[] bytes = Arrays.copyOfRange(content, from, Math.min(from + PAGE_BYTES, content.length));
            return Arrays.copyOf(bytes, PAGE_BYTES);
        }

        private static void put(byte[] content, int page, byte[] bytes) {
            int from = page * PAGE_BYTES;
            if (from < content.length) {
                System.arraycopy(bytes, 0, content, from, Math.min(PAGE_BYTES, content.length - from));
            }
        }
    }

    /** Syncs of files succeed and do nothing, as if the program had left them out. */
    public void ignoreFileSyncs() {
        fileSyncsIgnored = true;
    }

    /** As with the files. */
    public void ignoreDirectorySyncs() {
        directorySyncsIgnored = true;
    }

    public long tornPages() {
        return tornPages;
    }

    public long lostPages() {
        return lostPages;
    }

    public long flippedBits() {
        return flippedBits;
    }

    public long lostNames() {
        return lostNames;
    }

    /** What crashes did to the disk so far. */
    public long damages() {
        return tornPages + lostPages + flippedBits + lostNames;
    }

    /** Flips a bit of what is durable: rot. */
    public void rot(String name, long offset) {
        Node node = existing(name);
        node.content[(int) offset] ^= 1;
        node.durable[(int) offset] ^= 1;
    }

    /** As a process sees it, synced or not. */
    public byte[] content(String name) {
        return existing(name).content.clone();
    }

    long usedBytes() {
        return names.values().stream().mapToLong(Node::size).sum();
    }

    List<String> names() {
        return List.copyOf(names.keySet());
    }

    @Nullable
    Node find(String name) {
        return names.get(name);
    }

    Node existing(String name) {
        Node node = names.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        return node;
    }

    Node create(String name) {
        Node node = new Node();
        change(new NameChange(null, name, node));
        return node;
    }

    void rename(String from, String to) {
        change(new NameChange(from, to, existing(from)));
    }

    void delete(String name) {
        change(new NameChange(name, null, existing(name)));
    }

    private void change(NameChange change) {
        apply(change, names);
        pendingNames.add(change);
    }

    private static void apply(NameChange change, SortedMap<String, Node> to) {
        if (change.removed != null && to.get(change.removed) == change.node) {
            to.remove(change.removed);
        }
        if (change.added != null) {
            to.put(change.added, change.node);
        }
    }

    void sync(Node node) {
        if (!fileSyncsIgnored) {
            node.sync();
        }
    }

    /** What a failed sync does: the pages count as clean, though they may not be on the disk. */
    void failSync(Node node) {
        node.forget();
    }

    void syncDirectory() {
        if (!directorySyncsIgnored) {
            durableNames.clear();
            durableNames.putAll(names);
            pendingNames.clear();
        }
    }

    /** The power goes. What comes back is durable. */
    public void crash(SimRandom random) {
        double keepChance = random.nextInt(3) / 2.0;
        for (NameChange change : pendingNames) {
            if (random.chance(keepChance)) {
                apply(change, durableNames);
            } else {
                lostNames++;
            }
        }
        pendingNames.clear();
        names.clear();
        for (Map.Entry<String, Node> entry : durableNames.entrySet()) {
            Node survivor = survivor(entry.getValue(), random);
            names.put(entry.getKey(), survivor);
        }
        durableNames.putAll(names);
    }

    private Node survivor(Node node, SimRandom random) {
        Node survivor = new Node();
        survivor.content = survivingContent(node, random);
        survivor.durable = survivor.content.clone();
        return survivor;
    }

    private byte[] survivingContent(Node node, SimRandom random) {
        byte[] content = Arrays.copyOf(node.durable, survivingSize(node, random));
        double keepChance = random.nextInt(5) / 4.0;
        double spoilChance = random.nextInt(3) / 4.0;
        SortedMap<Integer, List<byte[]>> unsure = new TreeMap<>(node.forgotten);
        node.pending.forEach((page, ages) -> unsure.merge(page, ages, SimFileDisk::joined));
        unsure.forEach((page, ages) -> {
            if (!random.chance(keepChance)) {
                lostPages++;
                return;
            }
            byte[] kept = ages.get(random.nextInt(ages.size())).clone();
            if (random.chance(spoilChance)) {
                spoil(kept, Node.pageOf(node.durable, page), random);
            }
            Node.put(content, page, kept);
        });
        return content;
    }

    private static List<byte[]> joined(List<byte[]> older, List<byte[]> newer) {
        List<byte[]> all = new ArrayList<>(older);
        all.addAll(newer);
        return all;
    }

    private static int survivingSize(Node node, SimRandom random) {
        List<Integer> sizes = new ArrayList<>(node.pendingSizes);
        sizes.add(node.durable.length);
        int one = sizes.get(random.nextInt(sizes.size()));
        int other = sizes.get(random.nextInt(sizes.size()));
        boolean between = one != other && random.chance(0.3);
        return between ? Math.min(one, other) + random.nextInt(Math.abs(one - other)) : one;
    }

    /** Some sectors stay as they were, or a bit flips in what is not yet durable. */
    private void spoil(byte[] page, byte[] before, SimRandom random) {
        if (random.chance(0.5)) {
            for (int from = 0; from < PAGE_BYTES; from += SECTOR_BYTES) {
                if (random.chance(0.5)) {
                    System.arraycopy(before, from, page, from, SECTOR_BYTES);
                }
            }
            tornPages++;
        } else {
            int at = random.nextInt(PAGE_BYTES);
            if (page[at] != before[at]) {
                page[at] ^= (byte) (1 << random.nextInt(8));
                flippedBits++;
            }
        }
    }
}
