/**
 * Chord: who stands where on the ring, and the way to whoever answers for an id. Protocol and proof are Pamela Zave's
 * ("Reasoning about Identifier Spaces: How to Make Chord Correct", IEEE TSE 2017); the published Chord can lose its ring. It
 * knows {@code ring.view} (contacts, positions) and, by the small interface {@link io.chordata.node.ring.RingDirectory}, the
 * directory of nodes, without which it works as well.
 *
 * <p>{@code RingService} is a node's part in the ring as the rest of the node sees it: it leads the node onto the ring and off
 * it, and answers who is where. {@code RingMachines} drives the two machines, ring and directory, with messages, time and each
 * other; {@code RingMemory} is what they must not forget.
 *
 * <p>{@code RingNode} is one node on the ring: a pure machine with a method for each inbound event. {@code
 * RingMember} is one position, a member of the ring; {@code ChordRules} has its decisions, {@code Joining} its way onto the
 * ring, {@code Fingers} its table for long ways, {@code SuccessorList} its neighbours. {@code Lookup} finds who succeeds an
 * id, {@code Healing} finds rings that were split off. {@code OpenQuestions} keeps what was asked, {@code KnownNodes} what is
 * known of other nodes, {@code Inspection} refuses what cannot be true before anything of it is believed.
 *
 * <p><b>Invariants</b>, as long as no member loses all live entries of its list at once: each member has a live entry; there is
 * exactly one ring, in order; every other member reaches it through live successors; lists are in order and without
 * duplicates; no list skips a member of the base; there is always a predecessor. The simulation checks them after each event.
 *
 * <p><b>What was hard to decide.</b>
 *
 * <ul>
 *   <li>Zave's proof needs a base of one more member than a list is long, which never fails. A smaller ring, or one whose
 *       member loses its whole list, has the directory in its place: the member takes whatever it or the directory knows
 *       clockwise, at worst itself, and from then on it is one end of a split ring, which {@code Healing} joins with the rest.
 *   <li>Zave's placeholders, which keep a list full while its tail is unknown, are only counted ({@code vacancies}). There is
 *       nothing in them that could be taken for alive, handed on, or asked.
 *   <li>Liveness is of nodes. A node found silent is dropped by all members at once, and stays dead for a few seconds only:
 *       long enough to spare vain questions, short enough to outlive a wrong suspicion. The second step asks p in any case,
 *       and so finds back whoever was accused wrongly.
 *   <li>A position that says itself that it is not on the ring is dropped like a dead one. So a node that returns, under
 *       whatever address, is first gone and then joins, and no pointer of its earlier life is ever trusted.
 *   <li>Quiet members ask every 10 s, so a change would wander 10 s per entry of a list. Whoever has changed therefore tells
 *       its predecessor, which asks earlier. The hint moves the time of a round and nothing else.
 *   <li>Of two lives of one node the ring by itself believes the newer, but a copy of a disk claims to be just that. So where
 *       there is a directory, only the life that it holds to be right is heard ({@code RingDirectory.refuses}).
 *   <li>Places are chosen once and kept for ever, so a newcomer takes its time: it waits until it was told the whole cluster,
 *       and those that come at the same time choose one after the other. A node that can reach nobody has not chosen.
 *   <li>A lookup ends with an answer that was heard from: whoever succeeds the id answered for itself, and everybody known
 *       to be nearer is dead. So lookups are right before the ring is repaired, at the price of one hop.
 * </ul>
 */
@NullMarked
package io.chordata.node.ring;

import org.jspecify.annotations.NullMarked;
