package io.chordata.node.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.storage.Identity.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The identity file: text, so that whoever holds a disk in hand can read whose it is. Version 2, each line ended by LF:
 *
 * <pre>
 * chordata-identity 2
 * cluster 32 hex digits
 * node 32 hex digits
 * origin founded|joined
 * incarnation decimal
 * partition-bits decimal
 * directory 32 hex digits      (once for each, this one first)
 * checksum 8 hex digits        (CRC32C of all bytes before this line)
 * </pre>
 *
 * <p>Version 1 has no origin: its nodes have all founded their clusters.
 *
 * <p>The first line keeps its form in every version; so an older release can tell a newer format from damage.
 */
final class IdentityCodec {
    static final int VERSION = 2;

    private static final Pattern FIRST_LINE = Pattern.compile("chordata-identity (\\d{1,9})\n");
    private static final Pattern WHOLE = Pattern.compile("""
            chordata-identity (?<version>[12])
            cluster (?<cluster>[0-9a-f]{32})
            node (?<node>[0-9a-f]{32})
            (?:origin (?<origin>founded|joined)
            )?incarnation (?<incarnation>\\d{1,18})
            partition-bits (?<bits>\\d{1,2})
            (?<directories>(?:directory [0-9a-f]{32}
            )+)checksum (?<checksum>[0-9a-f]{8})
            """);
    private static final String DIRECTORY = "directory ";

    private IdentityCodec() {}

    static byte[] encode(Identity identity) {
        StringBuilder text = new StringBuilder("chordata-identity " + VERSION + "\n")
                .append("cluster " + identity.cluster() + "\n")
                .append("node " + identity.node() + "\n")
                .append("origin " + identity.origin().name().toLowerCase(Locale.ROOT) + "\n")
                .append("incarnation " + identity.incarnation() + "\n")
                .append("partition-bits " + identity.partitioning().bits() + "\n");
        identity.directories().forEach(id -> text.append(DIRECTORY + id + "\n"));
        return text.append("checksum " + checksum(text.toString()) + "\n")
                .toString()
                .getBytes(US_ASCII);
    }

    /**
     * @param file named in the refusal
     * @throws FormatTooNewException if a newer release wrote it
     * @throws IdentityUnreadableException if it is damaged
     */
    static Identity decode(byte[] bytes, Path file) {
        String text = new String(bytes, US_ASCII);
        Matcher first = FIRST_LINE.matcher(text);
        if (first.lookingAt() && Integer.parseInt(first.group(1)) > VERSION) {
            throw new FormatTooNewException(file + " has format " + first.group(1) + ", this release reads up to "
                    + VERSION + "; start the newer release on it. Nothing was changed");
        }
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()
                || !hasOriginIfItsVersionDoes(whole)
                || !checksum(text.substring(0, whole.start("checksum") - "checksum ".length()))
                        .equals(whole.group("checksum"))) {
            throw unreadable(file, "it is damaged");
        }
        try {
            return identityOf(whole);
        } catch (IllegalArgumentException e) {
            throw unreadable(file, "it holds impossible values: " + e);
        }
    }

    private static boolean hasOriginIfItsVersionDoes(Matcher whole) {
        return "1".equals(whole.group("version")) == (whole.group("origin") == null);
    }

    private static Identity identityOf(Matcher whole) {
        List<Uint128> directories = new ArrayList<>();
        whole.group("directories")
                .lines()
                .forEach(line -> directories.add(Uint128.parse(line.substring(DIRECTORY.length()))));
        return new Identity(
                ClusterId.parse(whole.group("cluster")),
                NodeId.parse(whole.group("node")),
                "joined".equals(whole.group("origin")) ? Origin.JOINED : Origin.FOUNDED,
                Long.parseLong(whole.group("incarnation")),
                new Partitioning(Integer.parseInt(whole.group("bits"))),
                directories);
    }

    static IdentityUnreadableException unreadable(Path file, String reason) {
        return new IdentityUnreadableException("cannot read " + file + ": " + reason
                + "; restore this file from a copy, or start on an empty directory. Nothing was changed");
    }

    static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(US_ASCII));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
