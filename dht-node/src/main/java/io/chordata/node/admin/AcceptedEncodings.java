package io.chordata.node.admin;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a client says that it can read (RFC 9110, section 12.5.3). */
final class AcceptedEncodings {
    private static final Pattern UNWANTED = Pattern.compile("\\s*q\\s*=\\s*0(\\.0{0,3})?\\s*");

    private AcceptedEncodings() {}

    /** What it names counts, then what it says of all others; one that says nothing gets what everybody can read. */
    static boolean takesGzip(@Nullable String header) {
        boolean isOther = false;
        for (String choice :
                header == null ? new String[0] : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = choice.split(";", -1);
            String name = parts[0].strip();
            if (name.equals("gzip") || name.equals("x-gzip")) {
                return isWanted(parts);
            }
            isOther |= name.equals("*") && isWanted(parts);
        }
        return isOther;
    }

    private static boolean isWanted(String[] parts) {
        return Stream.of(parts).skip(1).noneMatch(part -> UNWANTED.matcher(part).matches());
    }
}
