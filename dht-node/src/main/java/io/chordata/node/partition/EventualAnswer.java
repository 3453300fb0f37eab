package io.chordata.node.partition;

/**
 * An answer from the rows of some replica, as they were. Two of the same bytes are not equal: nobody compares them.
 *
 * @param ageMillis the rows held every command that was acknowledged so long ago, or earlier. As exact as the nodes' clocks
 *     agree: where no leader confirmed it lately, the log time of the newest entry applied is held against the clock
 */
public record EventualAnswer(byte[] answer, long ageMillis) {}
