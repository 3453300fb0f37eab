package io.chordata.client.cli;

import io.chordata.client.files.S3Name;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes links that work without keys. */
@Command(
        name = "presign",
        description = {
            "Prints a link by which anybody can read an object, or write it, until it expires.",
            "Nobody is asked: whether there is such an object shows when the link is used."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  curl \"$(chordata presign s3://photos/cat.jpg)\" -o cat.jpg",
            "  curl -T cat.jpg \"$(chordata presign --put --expires 15m s3://photos/cat.jpg)\""
        })
public final class PresignCommand extends PrintingCommand {
    private static final Pattern LIFETIME = Pattern.compile("(\\d{1,6})([smhd]?)");
    private static final Duration LIFETIME_MAX = Duration.ofDays(7);

    @Parameters(index = "0", paramLabel = "s3://BUCKET/KEY", description = "The key as it stands; no pattern.")
    private String name = "";

    @Option(names = "--put", description = "A link to write it.")
    private boolean put;

    @Option(
            names = "--expires",
            defaultValue = "1h",
            paramLabel = "TIME",
            description = "Seconds, or with a unit as in 15m, 1h, 7d, which is the most (${DEFAULT-VALUE}).")
    private String expires = "";

    public PresignCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    void check() {
        if (S3Name.parse(name).key().isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' names no object");
        }
        lifetime(expires);
    }

    static Duration lifetime(String text) {
        Matcher matcher = LIFETIME.matcher(text);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            Duration lifetime = switch (matcher.group(2)) {
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                default -> Duration.ofSeconds(count);
            };
            if (!lifetime.isZero() && lifetime.compareTo(LIFETIME_MAX) <= 0) {
                return lifetime;
            }
        }
        throw new IllegalArgumentException("--expires takes 1s to 7d, such as 90s, 15m, 1h, not '" + text + "'");
    }

    @Override
    Outcome run(Session session) {
        S3Name object = S3Name.parse(name);
        Duration lifetime = lifetime(expires);
        URI link = put
                ? session.client().presignPut(object.bucket(), object.key(), lifetime)
                : session.client().presignGet(object.bucket(), object.key(), lifetime);
        if (isJson()) {
            print(new JsonObject()
                    .put("name", name)
                    .put("method", put ? "PUT" : "GET")
                    .put("url", link.toString())
                    .put("expiresSeconds", lifetime.toSeconds()));
        } else {
            print(link.toString());
        }
        return Outcome.DONE;
    }
}
