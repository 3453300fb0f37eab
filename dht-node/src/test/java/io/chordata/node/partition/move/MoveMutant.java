package io.chordata.node.partition.move;

import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;

/** Movement with one of its rules taken out, such that what it keeps is lost: found by chance within some seeds. */
enum MoveMutant implements MoveRules, CopyRules {
    LEAVES_WITHOUT_SETTLING {
        @Override
        public boolean mayLeave(long settledIndex, long jointIndex) {
            return true;
        }
    },
    ORDERS_WHILE_JOINT {
        @Override
        public boolean isRemoved(Configuration committed, Member member) {
            boolean isOnlyOutgoing = committed.isJoint() && !committed.voters().contains(member);
            return isOnlyOutgoing || MoveRules.DESIGN.isRemoved(committed, member);
        }
    },
    ORDERS_UNDER_ANY_TENURE {
        @Override
        public boolean isOrderForTenure() {
            return false;
        }
    },
    OLDER_TAG_TAKEN {
        @Override
        public boolean isOlderTagRefused() {
            return false;
        }
    },
    TAG_NOT_LOOKED_AT_AGAIN {
        @Override
        public boolean isTagLookedAtAgain() {
            return false;
        }
    },
    ONE_VOTERS_LIST {
        @Override
        public boolean isMajorityListed() {
            return false;
        }
    },
    LISTED_BUT_NOT_BROUGHT {
        @Override
        public boolean isBroughtToMajority() {
            return false;
        }
    }
}
