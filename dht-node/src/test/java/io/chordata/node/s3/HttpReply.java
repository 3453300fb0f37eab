package io.chordata.node.s3;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer as a client saw it.
 *
 * @param whole false if the connection ended before the body did
 */
record HttpReply(String statusLine, MultiMap headers, byte[] body, boolean whole) {
    int status() {
        return Integer.parseInt(statusLine.split(" ", -1)[1]);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
        return Optional.ofNullable(headers.get(name)).orElse("");
    }

    /** Status and S3 code, such as {@code 404 NoSuchKey}. */
    String outcome() {
        return (status() + " " + element("Code")).strip();
    }

    /** The first element of that name, empty if there is none. */
    String element(String name) {
        Matcher matcher = elements(name);
        return matcher.find() ? matcher.group(1) : "";
    }

    List<String> all(String name) {
        return elements(name)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private Matcher elements(String name) {
        return Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(text());
    }
}
