package io.chordata.node.cli;

import io.chordata.node.config.TracingConfig;
import io.chordata.node.s3.S3Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a span for each S3 request to a collector of OpenTelemetry, under the caller's span if the request names one (W3C trace
 * context). Sending goes on beside the event loops, from a queue that drops what is too much. Nothing of OpenTelemetry is loaded
 * unless this class is used.
 */
final class OtelTracing implements S3Tracing, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OtelTracing.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final java.util.logging.Logger LIBRARY = java.util.logging.Logger.getLogger("io.opentelemetry");

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private OtelTracing(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get("io.chordata.node.s3");
    }

    /**
     * From now on spans are sent.
     *
     * @param name what people call the node
     * @param node its id
     */
    static OtelTracing open(URI endpoint, TracingConfig config, String name, String node) {
        logByOurs();
        Resource self = Resource.create(Attributes.builder()
                .put("service.name", "chordata")
                .put("service.version", NodeVersion.text())
                .put("service.instance.id", node)
                .put("host.name", name)
                .build());
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(endpoint.toString())
                .setTimeout(PATIENCE)
                .build();
        LOG.info("event=tracing endpoint={} share={}", endpoint, config.share());
        return new OtelTracing(SdkTracerProvider.builder()
                .setResource(self)
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.share())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build());
    }

    /** The library writes to the JDK's log, which would print lines of another form. */
    private static void logByOurs() {
        LIBRARY.setUseParentHandlers(false);
        if (LIBRARY.getHandlers().length == 0) {
            LIBRARY.addHandler(new ToOurs());
        }
    }

    private static final class ToOurs extends Handler {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                LOG.warn("event=tracing_failed reason=\"{}\"", record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Override
    public Traced begin(Function<String, @Nullable String> headers) {
        Context caller = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, new Headers());
        Span span = tracer.spanBuilder("S3")
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .startSpan();
        return span.isRecording() ? new Recorded(span) : Traced.NONE;
    }

    private static final class Headers implements TextMapGetter<Function<String, @Nullable String>> {
        @Override
        public Iterable<String> keys(Function<String, @Nullable String> headers) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable Function<String, @Nullable String> headers, String name) {
            return headers == null ? null : headers.apply(name);
        }
    }

    private record Recorded(Span span) implements Traced {
        @Override
        public String traceId() {
            return span.getSpanContext().getTraceId();
        }

        @Override
        public void end(Outcome outcome) {
            span.updateName(outcome.operation())
                    .setAttribute("rpc.system.name", "aws-api")
                    .setAttribute("rpc.method", "S3/" + outcome.operation())
                    .setAttribute("aws.request_id", outcome.requestId())
                    .setAttribute("http.response.status_code", outcome.status())
                    .setAttribute("http.request.body.size", outcome.bytesIn())
                    .setAttribute("http.response.body.size", outcome.bytesOut());
            if (!outcome.code().isEmpty()) {
                span.setAttribute("error.type", outcome.code());
            }
            if (outcome.isOurs()) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }

    /** Sends what there is. Blocks, for some seconds at most. */
    @Override
    public void close() {
        provider.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
