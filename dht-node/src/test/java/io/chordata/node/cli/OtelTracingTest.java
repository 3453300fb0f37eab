package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.chordata.node.config.TracingConfig;
import io.chordata.node.s3.S3Tracing;
import io.chordata.node.s3.S3Tracing.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector gets. */
class OtelTracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";
    private static final Outcome PUT = new Outcome("0123456789ABCDEF", "PutObject", 200, "", 7, 0, false);

    private final List<String> received = new CopyOnWriteArrayList<>();
    private HttpServer collector;

    @BeforeEach
    void listen() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", this::take);
        collector.start();
    }

    @AfterEach
    void close() {
        collector.stop(0);
    }

    private void take(HttpExchange request) throws IOException {
        received.add(HexFormat.of().formatHex(request.getRequestBody().readAllBytes()));
        request.sendResponseHeaders(200, -1);
        request.close();
    }

    private OtelTracing open(double share) {
        URI endpoint = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");
        return OtelTracing.open(endpoint, new TracingConfig(endpoint, share), "node-1", "n1");
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static S3Tracing.Traced begin(OtelTracing tracing, String traceparent) {
        return tracing.begin(Map.of("traceparent", traceparent)::get);
    }

    @Test
    void request_ofASampledTrace_becomesASpanUnderItsCaller() {
        try (OtelTracing tracing = open(0)) {
            S3Tracing.Traced span = begin(tracing, "00-" + TRACE + "-" + CALLER + "-01");
            assertThat(span.traceId()).isEqualTo(TRACE);
            span.end(PUT);
        }
        assertThat(received).hasSize(1);
        assertThat(received.get(0))
                .contains(TRACE, CALLER, hex("PutObject"), hex("0123456789ABCDEF"), hex("chordata"), hex("node-1"));
    }

    @Test
    void request_whoseCallerDoesNotSample_isNotSent() {
        try (OtelTracing tracing = open(1)) {
            S3Tracing.Traced span = begin(tracing, "00-" + TRACE + "-" + CALLER + "-00");
            assertThat(span.traceId()).isEmpty();
            span.end(PUT);
        }
        assertThat(received).isEmpty();
    }

    @Test
    void request_withoutATraceOrWithNonsense_beginsOneByItsShare() {
        try (OtelTracing tracing = open(1)) {
            begin(tracing, "00-nonsense").end(PUT);
            tracing.begin(name -> null).end(new Outcome("1", "Unknown", 503, "SlowDown", 0, 0, true));
        }
        try (OtelTracing tracing = open(0)) {
            tracing.begin(name -> null).end(PUT);
        }
        assertThat(received).hasSize(1);
        assertThat(received.get(0)).contains(hex("SlowDown")).doesNotContain(TRACE);
    }

    @Test
    void collector_thatIsGone_stopsNobody() {
        collector.stop(0);
        try (OtelTracing tracing = open(1)) {
            tracing.begin(name -> null).end(PUT);
        }
        assertThat(received).isEmpty();
    }
}
