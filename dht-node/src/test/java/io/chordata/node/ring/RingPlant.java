package io.chordata.node.ring;

import io.chordata.node.mutants.PlantedFault;

/** Rules of the ring that are no decision of {@link ChordRules}, each taken out of the code. */
enum RingPlant {
    DEAD_PREDECESSOR_KEPT(
            "RingMember",
            "        ring.count(RingRule.PREDECESSOR_DEAD);\n        setPredecessor(c);\n",
            "        ring.count(RingRule.PREDECESSOR_DEAD);\n"),
    SILENT_PREDECESSOR_NEVER_ASKED("RingMember", "            askPredecessor(c);\n", ""),
    NEWCOMER_WITHOUT_PREDECESSOR(
            "RingMember",
            "ring.rules.adopt(self, first, rest, ring.options), m);",
            "ring.rules.adopt(self, first, rest, ring.options), self);"),
    LATE_NEWCOMER_DROPPED(
            "RingMember",
            "        if (ring.rules.isNewerLife(\n                successors.first().owner().incarnation(), j.owner().incarnation())) {",
            "        if (ring != null) {"),
    PAUSE_TAKEN_FOR_A_SEARCH("RingNode", "            joinings.forEach(joining -> joining.forgive(lateMillis));\n", ""),
    LOST_LIST_NOT_FILLED("RingMember", "ring.table.nearestLive(nowMillis, dropped.id(), self.id());", "null;"),
    LONELY_MEMBER_LEFT_ALONE(
            "Healing",
            "        if (contact != null) {\n            healOne(",
            "        if (contact != null && ring.members().values().stream().noneMatch(RingMember::isAlone)) {\n            healOne("),
    /** Always the same member asks for another ring. */
    GAPS_NOT_WEIGHED("Healing", "            point -= gap(member);\n", "            point -= 1;\n"),
    LEAVER_NOT_SPLICED_BY_ITS_SUCCESSOR("RingMember", "            setPredecessor(itsPredecessor);\n", ""),
    LEAVER_NOT_SPLICED_BY_ITS_PREDECESSOR(
            "RingMember",
            "        if (is(leaver, successors.first()) && !is(leaver, self)) {",
            "        if (is(leaver, predecessor) && is(leaver, self)) {"),
    HOPS_WITHOUT_END("Lookup", "        if (from.hops >= hopsMax) {", "        if (from.hops < 0) {"),
    MANY_IN_FLIGHT("Lookup", "IN_FLIGHT_MAX = 3;", "IN_FLIGHT_MAX = 4;"),
    NO_SECOND_IN_FLIGHT("Lookup", "IN_FLIGHT_MAX = 3;", "IN_FLIGHT_MAX = 1;"),
    FAR_FINGERS_KEPT("Fingers", "micros < bestMicros / CLEARLY_NEARER", "micros < 0"),
    SAMPLE_OF_ONE("Fingers", "SAMPLE = 16;", "SAMPLE = 1;"),
    SAMPLE_WITHOUT_BOUND("Fingers", "SAMPLE = 16;", "SAMPLE = 64;"),
    CACHE_NEVER_FILLED("Lookup", "            ring.lookups.cache().put(owner.predecessor().id(), owner.at());\n", ""),
    CACHE_NEVER_ASKED("Lookup", "        if (cached != null) {", "        if (cached != null && inFlight < 0) {"),
    DIRECTORY_NEVER_ASKED("Lookup", "        if (listed != null) {", "        if (listed != null && inFlight < 0) {");

    private final PlantedFault fault;

    RingPlant(String type, String original, String planted) {
        this.fault = new PlantedFault(type, original, planted);
    }

    PlantedFault fault() {
        return fault;
    }
}
