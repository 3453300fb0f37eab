package io.chordata.node.ring;

import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Chord with one of its rules taken out. */
enum RingMutant implements ChordRules {
    /** The join test is made on the lookup alone, not on the list that is adopted. */
    JOIN_TEST_SKIPPED {
        @Override
        public boolean mayJoin(RingId m, RingId j, Pointers reply) {
            return true;
        }
    },
    STALE_ANSWER_TAKEN {
        @Override
        public boolean isCurrent(boolean isOfThisRound, RingId asked, SuccessorList successors) {
            return true;
        }
    },
    SECOND_STEP_UNCHECKED {
        @Override
        public boolean isSecondStepDue(boolean isOfThisRound, RingId t, RingId p, SuccessorList successors) {
            return true;
        }
    },
    /** Never: what the published Chord of 2001 does when the first successor's predecessor is not asked about. */
    SECOND_STEP_SKIPPED {
        @Override
        public boolean isNearer(RingId t, RingId p, RingId s) {
            return false;
        }
    },
    LIST_FILLED_BY_REPEATING {
        @Override
        public SuccessorList adopt(Position t, Position s, List<Position> listOfS, RingOptions options) {
            SuccessorList list = CORRECTED.adopt(t, s, listOfS, options);
            List<Position> filled = new ArrayList<>(list.entries());
            while (filled.size() < options.successorEntries()) {
                filled.add(list.last());
            }
            return new SuccessorList(filled, 0);
        }
    },
    /** Only one position of each node is taken into the list. */
    LIST_FILTERED {
        @Override
        public SuccessorList adopt(Position t, Position s, List<Position> listOfS, RingOptions options) {
            Set<String> nodes = new TreeSet<>();
            nodes.add(s.owner().node().toString());
            List<Position> filtered = listOfS.stream()
                    .filter(entry -> nodes.add(entry.owner().node().toString()))
                    .toList();
            return CORRECTED.adopt(t, s, filtered, options);
        }
    },
    /** The list of the successor is not taken over: what is known stays until it dies. */
    LIST_NOT_ADOPTED {
        @Override
        public SuccessorList adopt(Position t, Position s, List<Position> listOfS, RingOptions options) {
            return CORRECTED.adopt(t, s, List.of(), options);
        }
    },
    /** In the place of the dead one, the last is dropped. */
    DEAD_SUCCESSOR_KEPT {
        @Override
        public SuccessorList shift(SuccessorList successors) {
            List<Position> entries = successors.entries();
            return new SuccessorList(List.copyOf(entries.subList(0, entries.size() - 1)), successors.vacancies() + 1);
        }
    },
    /** The list just gets shorter. */
    PLACE_OF_THE_DEAD_CLOSED {
        @Override
        public SuccessorList shift(SuccessorList successors) {
            List<Position> entries = successors.entries();
            return new SuccessorList(List.copyOf(entries.subList(1, entries.size())), successors.vacancies());
        }
    },
    VACANCY_TAKEN_FOR_ALIVE {
        @Override
        public boolean isLost(SuccessorList successors) {
            return successors.isLost() && successors.vacancies() == 0;
        }
    },
    PREDECESSOR_EMPTIED {
        @Override
        public Position whenPredecessorDies(Position self, Position predecessor) {
            return self;
        }
    },
    /** Whoever reports is the predecessor. */
    PREDECESSOR_IS_THE_LAST_TO_REPORT {
        @Override
        public boolean isBetterPredecessor(RingId predecessor, RingId c, RingId n) {
            return true;
        }
    },
    PREDECESSOR_NEVER_NEARER {
        @Override
        public boolean isBetterPredecessor(RingId predecessor, RingId c, RingId n) {
            return false;
        }
    },
    BETWEEN_FALSE_AT_EQUAL_ENDS {
        @Override
        public boolean between(RingId a, RingId x, RingId b) {
            return !a.equals(b) && CORRECTED.between(a, x, b);
        }
    },
    BETWEEN_WITH_ITS_ENDS {
        @Override
        public boolean between(RingId a, RingId x, RingId b) {
            return x.equals(b) || CORRECTED.between(a, x, b);
        }
    },
    DEAD_FOR_ONE_POSITION {
        @Override
        public boolean isDeadForAllPositions() {
            return false;
        }
    },
    OLD_ADDRESS_KEPT {
        @Override
        public boolean isNewerLife(long known, long said) {
            return false;
        }
    },
    NOT_MEMBER_KEPT {
        @Override
        public boolean dropsWhoIsNotMember() {
            return false;
        }
    },
    ANSWER_OF_ANYBODY_TAKEN {
        @Override
        public boolean isAnswerTo(boolean isFromWhoWasAsked) {
            return true;
        }
    },
    HOPS_NOT_CLOSER {
        @Override
        public boolean isCloserHop(RingId from, RingId hop, RingId id) {
            return true;
        }
    },
    SILENT_IN_ONE_LIFE_IS_DEAD_IN_ALL {
        @Override
        public boolean isOfALaterLife(long silent, long named) {
            return false;
        }
    },
    SPLITS_NOT_HEALED {
        @Override
        public boolean heals() {
            return false;
        }
    },
    SPLITS_WITHIN_A_NODE_NOT_HEALED {
        @Override
        public boolean healsWithin() {
            return false;
        }
    };
}
