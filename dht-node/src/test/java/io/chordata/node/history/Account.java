package io.chordata.node.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is owed for one key: the last state acknowledged, or each of several that raced, and what is in doubt. */
final class Account {
    private static final long NEVER = Long.MAX_VALUE;

    private final List<Claim> claims = new ArrayList<>();

    /** A write's state, in which the key may be. */
    static final class Claim {
        private final Optional<String> hash;
        private final long begun;
        private long ended = NEVER;
        private boolean acknowledged;

        Claim(Optional<String> hash, long begun) {
            this.hash = hash;
            this.begun = begun;
        }

        @Override
        public String toString() {
            return hash.map(TimeLine::brief).orElse("nothing") + (acknowledged ? "" : " (in doubt)");
        }
    }

    Account() {
        settle(Optional.empty());
    }

    int size() {
        return claims.size();
    }

    Claim begin(Optional<String> hash, long now) {
        Claim claim = new Claim(hash, now);
        claims.add(claim);
        return claim;
    }

    /** What had ended before it began can no longer be seen, unless it is in doubt and may come late. */
    void acknowledge(Claim claim, long now, boolean doubtsMayComeLate) {
        end(claim, now);
        claim.acknowledged = true;
        claims.removeIf(other -> other.ended < claim.begun && (other.acknowledged || !doubtsMayComeLate));
    }

    void refuse(Claim claim, long now) {
        end(claim, now);
        claims.remove(claim);
    }

    void doubt(Claim claim, long now) {
        end(claim, now);
    }

    private void end(Claim claim, long now) {
        if (claim.ended != NEVER || !claims.contains(claim)) {
            throw new IllegalStateException("the write of " + claim + " has ended already, or was settled");
        }
        claim.ended = now;
    }

    boolean owes(Optional<String> hash) {
        return claims.stream().anyMatch(claim -> claim.hash.equals(hash));
    }

    boolean hasAcknowledgedBody() {
        return claims.stream().anyMatch(claim -> claim.acknowledged && claim.hash.isPresent());
    }

    /** This was seen, and nothing else can happen any more. */
    void settle(Optional<String> hash) {
        claims.clear();
        Claim claim = new Claim(hash, 0);
        claim.ended = 0;
        claim.acknowledged = true;
        claims.add(claim);
    }

    @Override
    public String toString() {
        return claims.toString();
    }
}
