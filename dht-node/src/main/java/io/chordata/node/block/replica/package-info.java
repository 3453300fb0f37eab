/**
 * Blocks on the members of their partition's group: written to a majority, read from the nearest, brought to newcomers, compared
 * and repaired. Stands on {@code block} (whose {@link io.chordata.node.block.Blocks} it serves), {@code partition.raft} (who is
 * in a group) and {@code core}; what it needs to know of groups it asks {@link BlockGroups}.
 *
 * <p><b>What keeps an acknowledged block.</b> A coordinator tags each write with a configuration ({@link BlockTag}) and sends it to all
 * its members. A member acknowledges only what is synced, only as the member that was named (node and tenure), and only while
 * its own configuration is not newer than the tag, looked at again after the sync. Success is a majority of acknowledgements of
 * one tag (two while joint), of which one at least knows that configuration to be committed: without that, a tag that a later
 * leader cut off could be acknowledged after a change of voters had listed what there is. Each later change of voters begins
 * with such lists, taken from a majority of the outgoing voters that have the joint configuration synced and thus acknowledge
 * no older tag any more; each of these majorities meets the one that acknowledged.
 *
 * <p><b>What keeps a dropped body away.</b> Drops are commands in the partition's log. Each copy, from whatever source, is written
 * on the partition's loop after a look at the drops applied there, in one step; a drop that is applied later removes it.
 */
@NullMarked
package io.chordata.node.block.replica;

import org.jspecify.annotations.NullMarked;
