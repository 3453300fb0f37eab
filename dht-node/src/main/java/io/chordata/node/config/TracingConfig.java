package io.chordata.node.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where traces of requests go.
 *
 * @param endpoint of a collector that takes OTLP over HTTP; null: there are no traces
 * @param share of the requests without a trace of their own that begin one, 0 to 1; the others follow their caller's choice
 */
public record TracingConfig(@Nullable URI endpoint, double share) {
    public TracingConfig {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("traceShare must be 0 to 1, got " + share);
        }
        if (endpoint != null && (endpoint.getHost() == null || !("" + endpoint.getScheme()).matches("https?"))) {
            throw new IllegalArgumentException(
                    "traceEndpoint must be a URL such as http://collector:4318/v1/traces, got " + endpoint);
        }
    }

    static TracingConfig of(Settings settings) {
        return new TracingConfig(
                settings.find(OptionCatalogue.TRACE_ENDPOINT).map(URI::create).orElse(null),
                settings.get(OptionCatalogue.TRACE_SHARE).doubleValue());
    }
}
