package io.chordata.node.ring.directory;

import io.chordata.node.mutants.PlantedFault;

/** Faults in our own code that the tests must find: each takes one rule out. */
enum Mutant {
    NO_OBJECTION("Own", "        object(claim.standing());\n", "        parts.count(Counter.OBJECTIONS);\n"),
    NO_PRECEDENCE("Standing", "return compareTo(other) > 0;", "return !equals(other);"),
    NO_INDIRECT_PING("Prober", "if (!probe.isReconnect) {", "if (false) {"),
    NO_INCARNATION_CHECK("Admission", "if (life.isTwinOf(known) || life.compareTo(known) < 0) {", "if (false) {"),
    NO_GOSSIP_BOUND("GossipQueue", "if (left < 0) {", "if (false) {"),
    NO_END_OF_GOSSIP("GossipQueue", "if (item.sent() + 1 < sendsMax) {", "if (true) {"),
    BELIEVE_HEARSAY("Judge", "if (claim.verdict() != Verdict.DOWN || before.isDown()) {", "if (true) {"),
    JUDGE_BY_THE_CLOCK("Agenda", "if (heldUp) {", "if (false) {"),
    JUDGE_WHO_WAS_HEARD("Suspicions", "if (entry.isHeardSince(", "if (false && entry.isHeardSince("),
    NO_SUCCESSION("Admission", "if (introduction != null && hasMoved && parts.isWell(entry.node())) {", "if (false) {"),
    NO_LOCAL_HEALTH("LocalHealth", "return millis * (1 + score);", "return millis;"),
    NO_BUDDY("Courier", "if (to != null && to.member().verdict() != Verdict.LIVE) {", "if (false) {"),
    NO_CONFIRMATION("Suspicions", "if (suspicion == null || !suspicion.confirm(accuser)) {", "if (true) {"),
    NO_EXCHANGE("Exchanger", "if (open == null) {", "if (false) {"),
    NO_RECONNECT("Prober", "< parts.table().downCount()", "< 0"),
    NO_SEEKING("Seeker", "            seek();\n", "            heard();\n"),
    NO_STRANGERS("Seeker", "            seekStranger();\n", ""),
    NO_LAST_WORD("Standing", "return verdict == Verdict.DECOMMISSIONED;", "return false;"),
    ANSWER_OF_ANY_QUESTION("Prober", "if (probe == null || probe.number != number) {", "if (probe == null) {"),
    ENDED_BY_ONE("Doubts", "return isSecond || !isAnsweredByOtherThan(by);", "return true;"),
    ENDED_BY_HEARSAY("Own", "if (doubts.isAnswered()) {", "if (false) {"),
    NEVER_ASKED("Judge", "} else if (isHearsay && isToBeAsked(entry, claim)) {", "} else if (false) {"),
    WORDS_OF_OTHERS("Judge", "isKnown ? before.with(claim.verdict()) : claim", "claim"),
    ANY_NUMBER("Standing", "return starts > LIVES_UNHEARD_MAX", "return false && starts > LIVES_UNHEARD_MAX"),
    NO_OWN_WORDS("Judge", "? !claim.equals(before)", "? false"),
    NO_ROLL_BACK_CHECK(
            "Restorer", "} else if (contact.incarnation() >= own.life().incarnation()) {", "} else if (false) {");

    private final PlantedFault fault;

    Mutant(String type, String original, String planted) {
        this.fault = new PlantedFault(type, original, planted);
    }

    PlantedFault fault() {
        return fault;
    }
}
