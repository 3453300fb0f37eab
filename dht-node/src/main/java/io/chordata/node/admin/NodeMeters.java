package io.chordata.node.admin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Makes the meters of the {@link Metric} catalogue, and prints them all as Prometheus reads them. */
public final class NodeMeters implements AutoCloseable {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gcMetrics = new JvmGcMetrics();

    public NodeMeters() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        gcMetrics.bindTo(registry);
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** @param tags names and values in turn */
    public Counter counter(Metric metric, String... tags) {
        return Counter.builder(metric.meterName())
                .description(metric.help())
                .baseUnit(unit(metric))
                .tags(tags)
                .register(registry);
    }

    /** A histogram of durations. */
    public Timer timer(Metric metric, String... tags) {
        return Timer.builder(metric.meterName())
                .description(metric.help())
                .serviceLevelObjectives(BUCKETS)
                .tags(tags)
                .register(registry);
    }

    /** Asked at each scrape; must answer at once. */
    public void gauge(Metric metric, DoubleSupplier value, String... tags) {
        Gauge.builder(metric.meterName(), value::getAsDouble)
                .description(metric.help())
                .baseUnit(unit(metric))
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /**
     * A count that somebody else keeps; never goes down. Micrometer holds the function for good, but its object only
     * weakly: so the object is one that lives as long as the meters do.
     */
    public void count(Metric metric, DoubleSupplier value, String... tags) {
        FunctionCounter.builder(metric.meterName(), registry, living -> value.getAsDouble())
                .description(metric.help())
                .baseUnit(unit(metric))
                .tags(tags)
                .register(registry);
    }

    private static @Nullable String unit(Metric metric) {
        return metric.unit().isEmpty() ? null : metric.unit();
    }

    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gcMetrics.close();
        registry.close();
    }
}
