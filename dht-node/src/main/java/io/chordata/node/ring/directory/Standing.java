package io.chordata.node.ring.directory;

import java.util.Comparator;

/**
 * Which of two claims about one node holds: the greater one. As this order is total, the merge of claims is commutative,
 * associative and idempotent, and all nodes end with the same table in whatever order they hear.
 *
 * <pre>
 *   first by        the claim that holds
 *   decommissioned  the decommissioned one, for ever
 *   life            of the later start
 *   version         that the node itself gave last: it raises it to object, and with each change of its record
 *   verdict         DOWN over SUSPECT over LIVE
 * </pre>
 *
 * <p>Life and version are the node's own numbers, two of them with different meaning: the first is durable and rises at a
 * start, the second counts within a life and begins at 1. Others only ever raise the verdict. So what a node says about
 * itself ends each rumour about what it said before, and nothing else does.
 */
record Standing(Life life, long version, Verdict verdict) implements Comparable<Standing> {
    private static final Comparator<Standing> ORDER = Comparator.comparing(Standing::isDecommissioned)
            .thenComparing(Standing::life)
            .thenComparingLong(Standing::version)
            .thenComparing(Standing::verdict);

    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** No node starts, or speaks anew, so often without being heard. */
    private static final long LIVES_UNHEARD_MAX = 1 << 16;

    private static final long WORDS_UNHEARD_MAX = 1 << 20;

    Standing {
        if (version < 1) {
            throw new IllegalArgumentException("versions start at 1, got " + version);
        }
    }

    boolean overrides(Standing other) {
        return compareTo(other) > 0;
    }

    /** Whether so much cannot have happened between the two that one of them is nonsense. */
    boolean isFarAheadOf(Standing other) {
        long starts = life.incarnation() - other.life.incarnation();
        return starts > LIVES_UNHEARD_MAX || (life.equals(other.life) && version - other.version > WORDS_UNHEARD_MAX);
    }

    /** Whether both speak of the same words of the node itself, whatever others hold of it. */
    boolean isSameWord(Standing other) {
        return version == other.version && life.equals(other.life);
    }

    Standing with(Verdict other) {
        return new Standing(life, version, other);
    }

    /** Which words of the node, shortened to a number that is hardly the same for others, and never zero. */
    int tag() {
        long mixed = (life.nonce() ^ version * MIX) * MIX;
        return (int) (mixed >>> Integer.SIZE) | 1;
    }

    private boolean isDecommissioned() {
        return verdict == Verdict.DECOMMISSIONED;
    }

    @Override
    public int compareTo(Standing other) {
        return ORDER.compare(this, other);
    }
}
