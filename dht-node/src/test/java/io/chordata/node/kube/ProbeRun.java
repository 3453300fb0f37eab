package io.chordata.node.kube;

import io.fabric8.kubernetes.api.model.Probe;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One probe of one container, as the kubelet runs it. */
final class ProbeRun {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(AnyCertificate.context())
            .build();
    private static final int REFUSED_FROM = 400;

    private final Probe probe;
    private final HttpRequest request;
    private long nextNanos;
    private int failures;
    private boolean succeeded;
    private @Nullable CompletableFuture<Boolean> open;

    /** @param port number behind the probe's port name */
    ProbeRun(Probe probe, String address, int port, long nowNanos) {
        this.probe = probe;
        this.nextNanos = nowNanos;
        this.request = HttpRequest.newBuilder(URI.create(scheme(probe) + "://" + address + ":" + port
                        + probe.getHttpGet().getPath()))
                .timeout(Duration.ofSeconds(probe.getTimeoutSeconds()))
                .build();
    }

    /** HTTP where the probe says nothing. */
    private static String scheme(Probe probe) {
        String scheme = probe.getHttpGet().getScheme();
        return scheme == null ? "http" : scheme.toLowerCase(Locale.ROOT);
    }

    void tick(long nowNanos) {
        CompletableFuture<Boolean> asked = open;
        if (asked != null) {
            if (!asked.isDone()) {
                return;
            }
            count(asked.join());
            open = null;
        }
        if (nowNanos - nextNanos >= 0) {
            nextNanos = nowNanos + Duration.ofSeconds(probe.getPeriodSeconds()).toNanos();
            open = HTTP.sendAsync(request, BodyHandlers.discarding())
                    .handle((answer, failure) -> failure == null && answer.statusCode() < REFUSED_FROM);
        }
    }

    private void count(boolean isSuccess) {
        failures = isSuccess ? 0 : failures + 1;
        succeeded = isSuccess || (succeeded && !isFailed());
    }

    /** It has succeeded, and not failed since. */
    boolean isPassed() {
        return succeeded;
    }

    /** As often in a row as it may not. */
    boolean isFailed() {
        return failures >= probe.getFailureThreshold();
    }
}
