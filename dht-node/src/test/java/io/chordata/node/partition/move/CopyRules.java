package io.chordata.node.partition.move;

/** What those do in the simulation who keep the copies: the blocks' replication, and whoever deletes a replica. */
interface CopyRules {
    /** A member refuses a block that is tagged with an older configuration than the newest in its synced log. */
    default boolean isOlderTagRefused() {
        return true;
    }

    /** It looks again when the block is synced: the joint configuration may have come, and its list gone, meanwhile. */
    default boolean isTagLookedAtAgain() {
        return true;
    }

    /** A block names the tenure that it is for. */
    default boolean isTenureNamed() {
        return true;
    }

    /** A majority of the outgoing voters lists. */
    default boolean isMajorityListed() {
        return true;
    }

    /** What is listed is brought to a majority of the new voters. */
    default boolean isBroughtToMajority() {
        return true;
    }

    /** A removal order names the tenure of the copy that goes. */
    default boolean isOrderForTenure() {
        return true;
    }
}
