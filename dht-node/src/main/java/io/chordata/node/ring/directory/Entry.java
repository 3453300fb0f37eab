package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import org.jspecify.annotations.Nullable;

/** A row of the table: the claim that holds, and what only this node knows. */
final class Entry {
    private static final long NEVER = Long.MIN_VALUE;

    private Member member;
    private @Nullable Load load;
    private @Nullable Suspicion suspicion;
    private long heardMillis = NEVER;
    private long downSinceMillis = NEVER;
    private int knownOfUs;
    /** Of the member, once somebody asked; 0 before. */
    private int tag;

    Entry(Member member) {
        this.member = member;
    }

    Member member() {
        return member;
    }

    NodeId node() {
        return member.node();
    }

    Peer peer() {
        return new Peer(member.address(), member.node());
    }

    void become(Member next) {
        if (!next.standing().life().equals(member.standing().life())) {
            load = null;
            knownOfUs = 0;
        }
        member = next;
        tag = 0;
    }

    /** What the other is told that this node knows of it. */
    int tag() {
        if (tag == 0) {
            tag = member.tag();
        }
        return tag;
    }

    /** Notes when it went down, by this node's own observation. */
    void note(long nowMillis) {
        if (!member.isDown()) {
            downSinceMillis = NEVER;
        } else if (downSinceMillis == NEVER) {
            downSinceMillis = nowMillis;
        }
    }

    boolean isDownSince(long millis) {
        return downSinceMillis != NEVER && downSinceMillis <= millis;
    }

    @Nullable
    Load load() {
        return load;
    }

    /** Takes newer figures of the life that the entry is about. */
    void offer(Life life, @Nullable Load offered) {
        boolean isNewer = offered != null && (load == null || offered.number() > load.number());
        if (isNewer && life.equals(member.standing().life())) {
            load = offered;
        }
    }

    @Nullable
    Suspicion suspicion() {
        return suspicion;
    }

    void setSuspicion(@Nullable Suspicion next) {
        suspicion = next;
    }

    void heard(long nowMillis) {
        heardMillis = nowMillis;
    }

    /** Whether it was ever heard itself since this node started. */
    boolean isHeard() {
        return heardMillis != NEVER;
    }

    /** Whether it was heard at that time or later, in whatever way. */
    boolean isHeardSince(long millis) {
        return heardMillis != NEVER && heardMillis >= millis;
    }

    /** The peer said which of our words it knows. */
    void setKnownOfUs(int tag) {
        knownOfUs = tag;
    }

    boolean knows(int tag) {
        return knownOfUs == tag;
    }

    /** As it goes to others. */
    Update update() {
        return new Update(member, suspicion == null ? null : suspicion.accuser(), load);
    }
}
