package io.chordata.node.mutants;

/**
 * What the design owes a scenario: each row names the test that tells it, and a change of our own code that breaks the rule
 * behind it and must make that very test fail.
 */
enum OwedScenario {
    LATE_BLOCK_WRITE(
            "block.replica",
            "lateWrite_taggedWithTheOldConfiguration_isRefusedByThoseThatListed",
            new PlantedFault(
                    "BlockRules",
                    "return own.isNewerThan(tag) || (!tag.isNewerThan(own) && !tag.equals(own));",
                    "return false;")),
    NEWCOMER_BACKFILLED_FROM_THE_VOTER_THAT_LACKS_A_BLOCK(
            "block.replica",
            "newcomer_backfilledFromTheVoterThatLacksABlock_hasItBeforeTheChangeEnds",
            new PlantedFault("Settling", "lists.until(horizon)", "List.<BlockRef>of()")),
    VOTER_REMOVED_AND_ADDED_AGAIN_IN_ONE_TERM(
            "partition.raft",
            "MembershipScenario",
            "VOTER_REMOVED_AND_READDED_IN_ONE_TERM",
            new PlantedFault("RaftRules", "return vote == null || vote.equals(candidate);", "return true;")),
    ACKNOWLEDGEMENT_OF_AN_EARLIER_TENURE(
            "block.replica",
            "acknowledgement_ofAnEarlierTenure_doesNotCount",
            new PlantedFault("BlockRules", "return meant.equals(self);", "return meant.node().equals(self.node());")),
    LATE_DELETE_ORDER(
            "partition",
            "ReplicaRemovalTest",
            "replica_orderedUnderAnEarlierTenure_stays",
            new PlantedFault("ReplicaHost", "base == null || base.tenure() != removed.tenure()", "base == null")),
    RETRY_AFTER_EXPIRY(
            "partition",
            "RequestScenariosTest",
            "retry_after_expiry_isRefused_andNothingHappens",
            new PlantedFault("RequestRules", "return logMillis - requestMillis > windowMillis();", "return false;")),
    UPLOAD_THAT_COMMITS_AS_IT_IS_CONDEMNED(
            "object.rules",
            "OrphanRulesTest",
            "upload_thatCommitsAsItIsCondemned_isRefused",
            new PlantedFault(
                    "WriteRules", "if (isTooOld(change, body.getStartedMillis())) {", "if (change == null) {")),
    CONDEMNATION_OF_WHAT_WAS_JUST_COMMITTED(
            "object.rules",
            "OrphanRulesTest",
            "upload_thatCommitsJustBeforeItIsCondemned_isKept",
            new PlantedFault(
                    "OrphanRules",
                    "if (!WriteRules.isTooOld(change, owner.getStartedMillis()) || refers(",
                    "if (!WriteRules.isTooOld(change, owner.getStartedMillis()) || owner == null && refers(")),
    LEARNER_COPYING_A_BLOCK_WHILE_IT_IS_DROPPED(
            "block.replica",
            "learner_thatAppliedTheDropBeforeTheCopyCame_refusesIt",
            new PlantedFault(
                    "BlockRules",
                    "areDropsChecked() {\n        return true;",
                    "areDropsChecked() {\n        return false;")),
    READ_CONFIRMED_BY_A_ROUND_BEFORE_IT(
            "partition.raft",
            "RaftScenario",
            "READ_CONFIRMED_BY_A_ROUND_BEFORE_IT",
            new PlantedFault("RaftRules", "return started + 1;", "return Math.max(1, started);")),
    ZONE_LOST_IN_MID_MOVE(
            "partition.move",
            "MoveScenariosTest",
            "zone_lostInMidMove_costsNothing",
            new PlantedFault("MoveRules", "return !newcomer.isUp();", "return false;")),
    /** With more than two seeds, several rules would have to be broken at once: {@code VoteMutant} has them one by one. */
    INIT_RETRIED_AT_ANOTHER_POD(
            "founding",
            "FoundingScenariosTest",
            "init_retriedAtAnotherPodWhileTheFoundersVolumeIsAway_foundsNoSecondCluster",
            new PlantedFault("VoteRules", "return own.vote() == null && round.isClean();", "return round.isClean();")),
    RECORDS_LOST_WITH_THE_IDENTITY_KEPT(
            "storage",
            "DataDirectoryTest",
            "directory_that_lost_its_records_is_refused",
            new PlantedFault("DataDirectory", "throw new RecordsDamagedException(", "new RecordsDamagedException(")),
    ROTTEN_LOG_ENTRY_AT_ONE_OF_TWO_HOLDERS(
            "partition",
            "RottenLogTest",
            "entry_rottenAtOneOfItsTwoHolders_isNotLost",
            new PlantedFault(
                    "LogCheck",
                    "onEntry(PartitionLog.decode(partition, cursor));",
                    "try { onEntry(PartitionLog.decode(partition, cursor)); } catch (RuntimeException e) { break; }")),
    CLOCK_A_YEAR_AHEAD(
            "partition.raft",
            "RaftScenario",
            "CLOCK_A_YEAR_AHEAD",
            new PlantedFault("Elections", "return campaignAllowed\n                && state", "return state")),
    MIXED_LEVELS(
            "partition.raft",
            "MembershipScenario",
            "MIXED_LEVELS",
            new PlantedFault(
                    "Leadership",
                    "level = Math.min(level, known.level());",
                    "level = Math.max(level, known.level());")),
    COLD_START_WITH_OLD_DOWN_MARKS(
            "partition.move",
            "MoveScenariosTest",
            "coldStart_withAPlacementThatReplacedADownNode_waitsForWhatTheLeaderSees",
            new PlantedFault("MoveRules", "return downMillis >= replaceAfterMillis && !braked;", "return true;")),
    LEADERS_WITH_DIFFERENT_RINGS(
            "partition.move",
            "MoveScenariosTest",
            "leader_withAnotherRing_movesNothing",
            new PlantedFault("MoveRules", "return own.isSameAs(asked);", "return true;")),
    BLOCK_THAT_TWO_OF_THREE_HOLD_AND_BOTH_LEAVE(
            "block.replica",
            "block_thatTwoOfThreeVotersHold_survivesTheDepartureOfBoth",
            new PlantedFault("Settling", "lists.until(horizon)", "List.<BlockRef>of()")),
    LATE_BLOCK_MEETS_ITS_TOMBSTONE(
            "block.replica",
            "lateBlock_ofADroppedBody_isRefused",
            new PlantedFault(
                    "BlockRules",
                    "areDropsChecked() {\n        return true;",
                    "areDropsChecked() {\n        return false;")),
    SLOW_READER_OUTLIVES_AN_OVERWRITE(
            "object.rules",
            "io.chordata.node.object",
            "HousekeepingTest",
            "overwritten_body_stays_for_an_hour_and_then_goes",
            new PlantedFault("Change", "later(Periods.GARBAGE_MILLIS, row);", "later(60_000, row);"));

    private final String mutated;
    private final String testsIn;
    private final String tests;
    private final String test;
    private final PlantedFault fault;

    /** Of blocks. */
    OwedScenario(String mutated, String test, PlantedFault fault) {
        this(mutated, "BlockScenariosTest", test, fault);
    }

    /**
     * @param mutated the package of the class that is changed, below the root
     * @param tests a class of tests, or an enum of scenarios
     * @param test a method of it, or a constant
     */
    OwedScenario(String mutated, String tests, String test, PlantedFault fault) {
        this(mutated, "io.chordata.node." + mutated, tests, test, fault);
    }

    /** @param testsIn the package of the tests, where it is another */
    OwedScenario(String mutated, String testsIn, String tests, String test, PlantedFault fault) {
        this.mutated = "io.chordata.node." + mutated;
        this.testsIn = testsIn;
        this.tests = tests;
        this.test = test;
        this.fault = fault;
    }

    /** Any class of the package that is changed. */
    Class<?> shipped() throws ClassNotFoundException {
        return Class.forName(mutated + "." + fault.type());
    }

    String testsIn() {
        return testsIn;
    }

    String testClass() {
        return testsIn + "." + tests;
    }

    String test() {
        return test;
    }

    PlantedFault fault() {
        return fault;
    }

    String catcher() {
        return tests + "." + test;
    }
}
