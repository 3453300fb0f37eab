package io.chordata.node.cli;

import io.chordata.node.admin.Metric;
import io.chordata.node.admin.NodeMeters;
import io.chordata.node.core.Clock;
import io.chordata.node.tls.TlsFilesException;
import io.chordata.node.tls.TlsMaterial;
import io.chordata.node.tls.TlsOptions;
import io.chordata.node.tls.TlsWatch;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The certificates of the node's ports: read before a port is opened, then watched, with how long they last as metrics. */
final class NodeCertificates {
    private final Vertx vertx;
    private final Clock clock;
    private final NodeMeters meters;
    private final StopStack stops;
    private final long checkMillis;
    private final Map<String, TlsWatch> byPort = new HashMap<>();

    /** @param checkMillis how often the files are looked at */
    NodeCertificates(Vertx vertx, Clock clock, NodeMeters meters, StopStack stops, long checkMillis) {
        this.vertx = vertx;
        this.clock = clock;
        this.meters = meters;
        this.stops = stops;
        this.checkMillis = checkMillis;
    }

    /**
     * The certificate of a port, which may be opened more than once. Blocks.
     *
     * @return null for a port without TLS
     * @throws CommandFailedException if the files cannot be used: a port is never plain because of that
     */
    @Nullable
    TlsWatch open(String port, @Nullable TlsOptions options) {
        if (options == null || byPort.containsKey(port)) {
            return byPort.get(port);
        }
        Counter taken = meters.counter(Metric.CERTIFICATE_CHANGES, "port", port, "result", "taken");
        Counter refused = meters.counter(Metric.CERTIFICATE_CHANGES, "port", port, "result", "refused");
        try {
            TlsWatch watch =
                    TlsWatch.open(vertx, clock, port, options, isTaken -> (isTaken ? taken : refused).increment());
            byPort.put(port, watch);
            stops.push("certificate watch", watch::stop);
            meters.gauge(Metric.CERTIFICATE_EXPIRES, watch::secondsLeft, "port", port);
            return watch;
        } catch (TlsFilesException e) {
            throw new CommandFailedException(
                    ExitCode.USAGE, "the certificate of the " + port + " port cannot be used: " + e.getMessage());
        }
    }

    /**
     * @param watch null for a port without TLS, as is {@code used}
     * @param used what the port was opened with
     */
    void start(@Nullable TlsWatch watch, @Nullable TlsMaterial used, Function<TlsMaterial, Future<?>> renew) {
        if (watch != null && used != null) {
            watch.start(checkMillis, used, renew);
        }
    }

    static @Nullable TlsMaterial of(@Nullable TlsWatch watch) {
        return watch == null ? null : watch.material();
    }
}
