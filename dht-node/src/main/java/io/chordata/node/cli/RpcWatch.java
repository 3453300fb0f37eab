package io.chordata.node.cli;

import io.chordata.node.admin.Metric;
import io.chordata.node.admin.NodeMeters;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.rpc.Closing;
import io.chordata.node.rpc.RpcObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Counts what happens between this node and others. */
final class RpcWatch implements RpcObserver {
    private final Counter dialed;
    private final Counter accepted;
    private final Map<Closing, Counter> dialedEnds = new ConcurrentHashMap<>();
    private final Map<Closing, Counter> acceptedEnds = new ConcurrentHashMap<>();
    private final Map<Service, Timer> calls;
    private final Map<Service, Counter> failed;
    private final Map<Service, Counter> dropped;
    private final Counter stray;
    private final NodeMeters meters;

    RpcWatch(NodeMeters meters) {
        this.meters = meters;
        dialed = meters.counter(Metric.RPC_OPENED, "side", side(true));
        accepted = meters.counter(Metric.RPC_OPENED, "side", side(false));
        calls = byService(service -> meters.timer(Metric.RPC_CALLS, "service", lower(service)));
        failed = byService(service -> meters.counter(Metric.RPC_FAILED, "service", lower(service)));
        dropped = byService(service -> meters.counter(Metric.RPC_DROPPED, "service", lower(service)));
        stray = meters.counter(Metric.RPC_STRAY);
    }

    private static String side(boolean isDialed) {
        return isDialed ? "dialed" : "accepted";
    }

    private static <M> Map<Service, M> byService(Function<Service, M> meter) {
        Map<Service, M> meters = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            meters.put(service, meter.apply(service));
        }
        return meters;
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void opened(boolean isDialed) {
        (isDialed ? dialed : accepted).increment();
    }

    @Override
    public void closed(boolean isDialed, Closing why) {
        (isDialed ? dialedEnds : acceptedEnds)
                .computeIfAbsent(
                        why,
                        reason -> meters.counter(Metric.RPC_ENDED, "side", side(isDialed), "reason", lower(reason)))
                .increment();
    }

    @Override
    public void dropped(Service service) {
        of(dropped, service).increment();
    }

    @Override
    public void answered(Service service, long nanos) {
        of(calls, service).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(Service service) {
        of(failed, service).increment();
    }

    private static <M> M of(Map<Service, M> meters, Service service) {
        M meter = meters.get(service);
        if (meter == null) {
            throw new IllegalStateException("no meter for " + service);
        }
        return meter;
    }

    @Override
    public void stray() {
        stray.increment();
    }
}
