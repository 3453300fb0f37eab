package io.chordata.node.block.replica;

import io.chordata.node.partition.raft.Member;
import java.util.List;
import java.util.function.Predicate;

/** The rules with one of them taken out. */
enum BlockMutant implements BlockRules {
    /** A write tagged with an older configuration is taken. */
    OLD_TAG_TAKEN("lateWrite_taggedWithTheOldConfiguration_isRefusedByThoseThatListed") {
        @Override
        public boolean isStale(BlockTag tag, BlockTag own) {
            return false;
        }
    },
    /** Acknowledgements of several tags are added up. */
    MIXED_TAGS("acknowledgements_ofTwoTags_doNotAddUp") {
        @Override
        public boolean doTagsAddUp() {
            return true;
        }
    },
    ACKNOWLEDGED_BEFORE_SYNC("acknowledgement_beforeTheSync_isNotGiven") {
        @Override
        public boolean isSyncedBeforeTold() {
            return false;
        }
    },
    TENURE_UNCHECKED("acknowledgement_ofAnEarlierTenure_doesNotCount") {
        @Override
        public boolean isMeant(Member meant, Member self) {
            return meant.node().equals(self.node());
        }
    },
    DROPS_UNCHECKED("lateBlock_ofADroppedBody_isRefused") {
        @Override
        public boolean areDropsChecked() {
            return false;
        }
    },
    /** One neighbour's list is taken for all there is. */
    NEIGHBOURS_LIST("settling_whileOneOutgoingVoterAnswersOnly_isRefused") {
        @Override
        public boolean areListsEnough(List<Member> outgoing, Predicate<Member> listed) {
            return outgoing.stream().anyMatch(listed);
        }
    },
    /** A voter lists while it still takes what is tagged with the configuration before. */
    LISTED_BEFORE_JOINT("voter_withoutTheJointConfiguration_listsNothingForIt") {
        @Override
        public boolean mayListForSettling(BlockTag joint, BlockStanding standing) {
            return true;
        }
    },
    MAJORITY_MINUS_ONE("write_withoutMajority_isRefusedWithinFiveSeconds") {
        @Override
        public boolean isEnough(BlockTag tag, Predicate<Member> acknowledged) {
            return tag.members().stream().anyMatch(acknowledged);
        }
    },
    /** Only those who are to remain count while the voters change. */
    NEW_VOTERS_ALONE("write_whileTheVotersChange_needsAMajorityOfBoth") {
        @Override
        public boolean isEnough(BlockTag tag, Predicate<Member> acknowledged) {
            return BlockTag.isMajority(tag.configuration().voters(), acknowledged);
        }
    },
    UNCOMMITTED_TAG("write_taggedWithAChangeThatIsCutOff_doesNotCount") {
        @Override
        public boolean mustBeCommitted() {
            return false;
        }
    },
    SET_ASIDE_UNLISTED("rottenCopy_setAsideAtTheOnlyOneThatLists_isSettledFromTheOther") {
        @Override
        public boolean areSetAsideListed() {
            return false;
        }
    };

    private final String catcher;

    /** @param catcher the scenario that catches it, whatever else does */
    BlockMutant(String catcher) {
        this.catcher = catcher;
    }

    String catcher() {
        return catcher;
    }
}
