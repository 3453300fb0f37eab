package io.chordata.node.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Vote;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ballot of a node without a cluster: text, like the identity that takes its place. Version 1, each line ended by LF:
 *
 * <pre>
 * chordata-founding 1
 * node 32 hex digits
 * ballot decimal
 * vote none|cluster 32 hex digits founder 32 hex digits ballot decimal
 * checksum 8 hex digits        (CRC32C of all bytes before this line)
 * </pre>
 *
 * <p>The first line keeps its form in every version.
 */
final class BallotCodec {
    private static final int VERSION = 1;
    private static final Pattern FIRST_LINE = Pattern.compile("chordata-founding (\\d{1,9})\n");
    private static final Pattern WHOLE = Pattern.compile("""
            chordata-founding 1
            node (?<node>[0-9a-f]{32})
            ballot (?<number>\\d{1,18})
            vote (?:none|cluster (?<cluster>[0-9a-f]{32}) founder (?<founder>[0-9a-f]{32}) ballot (?<cast>\\d{1,18}))
            checksum (?<checksum>[0-9a-f]{8})
            """);

    private BallotCodec() {}

    static byte[] encode(Ballot ballot) {
        Vote vote = ballot.vote();
        String text = "chordata-founding " + VERSION + "\nnode " + ballot.node() + "\nballot " + ballot.number()
                + "\nvote "
                + (vote == null
                        ? "none"
                        : "cluster " + vote.cluster() + " founder " + vote.founder() + " ballot " + vote.number())
                + "\n";
        return (text + "checksum " + IdentityCodec.checksum(text) + "\n").getBytes(US_ASCII);
    }

    /**
     * @param file named in the refusal
     * @throws FormatTooNewException if a newer release wrote it
     * @throws IdentityUnreadableException if it is damaged
     */
    static Ballot decode(byte[] bytes, Path file) {
        String text = new String(bytes, US_ASCII);
        Matcher first = FIRST_LINE.matcher(text);
        if (first.lookingAt() && Integer.parseInt(first.group(1)) > VERSION) {
            throw new FormatTooNewException(file + " has format " + first.group(1) + ", this release reads up to "
                    + VERSION + "; start the newer release on it. Nothing was changed");
        }
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()
                || !IdentityCodec.checksum(text.substring(0, whole.start("checksum") - "checksum ".length()))
                        .equals(whole.group("checksum"))) {
            throw unreadable(file, "it is damaged");
        }
        try {
            return new Ballot(NodeId.parse(whole.group("node")), Long.parseLong(whole.group("number")), voteOf(whole));
        } catch (IllegalArgumentException e) {
            throw unreadable(file, "it holds impossible values: " + e);
        }
    }

    private static @Nullable Vote voteOf(Matcher whole) {
        String cluster = whole.group("cluster");
        return cluster == null
                ? null
                : new Vote(
                        ClusterId.parse(cluster),
                        NodeId.parse(whole.group("founder")),
                        Long.parseLong(whole.group("cast")));
    }

    static IdentityUnreadableException unreadable(Path file, String reason) {
        return new IdentityUnreadableException("cannot read " + file + ": " + reason
                + "; it says which node this one has promised to let found the cluster. Remove it only if no node with"
                + " these seeds has founded one. Nothing was changed");
    }
}
