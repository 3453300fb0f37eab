package io.chordata.node.config;

import static io.chordata.node.config.Option.count;
import static io.chordata.node.config.Option.duration;
import static io.chordata.node.config.Option.size;

import io.chordata.node.s3.S3Options;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The options of package {@code s3} beside its address, and the record made of them. */
final class S3Catalogue {
    private static final S3Options S3 = S3Options.DEFAULTS;

    static final Option<List<String>> DOMAIN = Option.of(
            "s3Domain",
            OptionType.TEXTS,
            S3.domains(),
            "Domains under which BUCKET.DOMAIN names a bucket (virtual-host style).");
    static final Option<String> REGION =
            Option.of("s3Region", OptionType.TEXT, S3.region(), "Region that buckets are said to be in.");
    static final Option<URI> URL = Option.optional(
            "s3Url",
            OptionType.ORIGIN,
            "Where clients reach S3, such as https://s3.example.org: shared links lead there. By default the node's own address.");
    static final Option<Duration> IDLE_TIMEOUT =
            duration("s3IdleTimeout", S3.idleTimeoutMillis(), "Silence after which a connection is closed.");
    static final Option<Duration> HEADER_TIMEOUT =
            duration("s3HeaderTimeout", S3.headerTimeoutMillis(), "Time for the head of a request to arrive.");
    static final Option<Duration> KEEP_ALIVE =
            duration("s3KeepAlive", S3.keepAliveMillis(), "After this a long copy or complete begins its answer.");
    static final Option<Duration> PATIENCE =
            duration("s3Patience", S3.patienceMillis(), "After this a request that waits for other nodes is refused.");
    static final Option<Integer> CONNECTIONS =
            count("s3Connections", S3.connectionsMax(), "Connections open at a time; one more is closed at once.");
    static final Option<DataSize> BODY_RATE = size(
            "s3BodyRate",
            S3.bodyBytesPerSecondMin(),
            "Least of a body to arrive a second, on average; 0 for any. Less: slow lines pass.");
    static final Option<DataSize> ANSWER_RATE = size(
            "s3AnswerRate",
            S3.answerBytesPerSecondMin(),
            "Least of an answer to be taken a second, likewise. Less: slow lines pass.");
    static final Option<Duration> BODY_RATE_WINDOW =
            duration("s3BodyRateWindow", S3.bodyRateWindowMillis(), "Time over which these averages are taken.");

    static final List<Option<?>> ALL = List.of(
            DOMAIN,
            REGION,
            URL,
            IDLE_TIMEOUT,
            HEADER_TIMEOUT,
            KEEP_ALIVE,
            PATIENCE,
            CONNECTIONS,
            BODY_RATE,
            ANSWER_RATE,
            BODY_RATE_WINDOW);

    private S3Catalogue() {}

    static S3Options s3(Settings settings) {
        HostPort address = settings.get(OptionCatalogue.S3);
        return new S3Options(
                address.host(),
                address.port(),
                settings.get(DOMAIN),
                settings.get(REGION),
                settings.millis(IDLE_TIMEOUT),
                settings.millis(HEADER_TIMEOUT),
                settings.millis(KEEP_ALIVE),
                settings.millis(PATIENCE),
                settings.get(CONNECTIONS),
                settings.bytes(BODY_RATE),
                settings.bytes(ANSWER_RATE),
                settings.millis(BODY_RATE_WINDOW));
    }
}
