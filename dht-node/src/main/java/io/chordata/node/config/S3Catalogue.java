package io.chordata.node.config;

import io.chordata.node.s3.S3Options;
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
    static final Option<Duration> IDLE_TIMEOUT =
            duration("s3IdleTimeout", S3.idleTimeoutMillis(), "Silence after which a connection is closed.");
    static final Option<Duration> HEADER_TIMEOUT =
            duration("s3HeaderTimeout", S3.headerTimeoutMillis(), "Time for the head of a request to arrive.");
    static final Option<Duration> KEEP_ALIVE =
            duration("s3KeepAlive", S3.keepAliveMillis(), "After this a long copy or complete begins its answer.");

    static final List<Option<?>> ALL = List.of(DOMAIN, REGION, IDLE_TIMEOUT, HEADER_TIMEOUT, KEEP_ALIVE);

    private S3Catalogue() {}

    static S3Options s3(Settings settings) {
        HostPort address = settings.get(OptionCatalogue.S3);
        return new S3Options(
                address.host(),
                address.port(),
                settings.get(DOMAIN),
                settings.get(REGION),
                settings.get(IDLE_TIMEOUT).toMillis(),
                settings.get(HEADER_TIMEOUT).toMillis(),
                settings.get(KEEP_ALIVE).toMillis());
    }

    private static Option<Duration> duration(String name, long millis, String help) {
        return Option.of(name, OptionType.DURATION, Duration.ofMillis(millis), help);
    }
}
