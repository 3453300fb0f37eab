package io.chordata.node.kube;

import io.chordata.node.process.Await;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Kubernetes' controller of one StatefulSet: makes its pods, all at once, under the same names and on the same
 * claims as ever, each with a new address; rolls them, the highest ordinal first, each once the one before has been ready for a
 * while; publishes their names. What it knows is touched under its lock alone.
 */
final class SetController implements AutoCloseable {
    private static final long TICK_MILLIS = 100;
    private static final Duration STOP = Duration.ofSeconds(30);

    private final PodRuntime runtime;
    private final boolean publishesUnready;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    private final Map<Integer, RunningPod> pods = new TreeMap<>();
    private final Map<Integer, Integer> revisions = new HashMap<>();
    private final Set<Integer> held = new HashSet<>();
    private final List<String> badEnds = new ArrayList<>();

    private StatefulSet set;
    private int restartsAsked;
    private @Nullable RuntimeException failure;

    /** @param publishesUnready whether the headless service names pods that are not ready */
    SetController(PodRuntime runtime, StatefulSet set, boolean publishesUnready) {
        this.runtime = runtime;
        this.set = set;
        this.publishesUnready = publishesUnready;
        ticks.scheduleWithFixedDelay(this::tickSafely, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void tickSafely() {
        try {
            tick(System.nanoTime());
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private void tick(long nowNanos) {
        pods.values().forEach(pod -> pod.tick(nowNanos));
        removeGone();
        for (Map.Entry<Integer, RunningPod> entry : pods.entrySet()) {
            if (entry.getKey() >= replicas() && !entry.getValue().isDeleted()) {
                entry.getValue().delete(nowNanos);
            }
        }
        for (int ordinal = 0; ordinal < replicas(); ordinal++) {
            if (!pods.containsKey(ordinal) && !held.contains(ordinal)) {
                pods.put(ordinal, runtime.start(new NodePod(set, ordinal), nowNanos));
                revisions.put(ordinal, revision());
            }
        }
        publish();
        roll(nowNanos);
    }

    private void removeGone() {
        Iterator<Map.Entry<Integer, RunningPod>> all = pods.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Integer, RunningPod> entry = all.next();
            if (entry.getValue().isGone()) {
                badEnds.addAll(entry.getValue().badEnds());
                runtime.release(entry.getValue());
                runtime.dns().publish(new NodePod(set, entry.getKey()).fullName(), List.of());
                all.remove();
            }
        }
    }

    private void publish() {
        pods.forEach((ordinal, pod) -> runtime.dns()
                .publish(
                        new NodePod(set, ordinal).fullName(),
                        publishesUnready || pod.isReady() ? List.of(pod.place().address()) : List.of()));
    }

    private void roll(long nowNanos) {
        Duration minReady = Duration.ofSeconds(set.getSpec().getMinReadySeconds());
        if (pods.size() != replicas() || !pods.values().stream().allMatch(pod -> pod.isReadyFor(minReady, nowNanos))) {
            return;
        }
        highestOld().ifPresent(pod -> pod.delete(nowNanos));
    }

    private Optional<RunningPod> highestOld() {
        return pods.entrySet().stream()
                .filter(entry -> !Integer.valueOf(revision()).equals(revisions.get(entry.getKey())))
                .map(Map.Entry::getValue)
                .reduce((lower, higher) -> higher);
    }

    /** Of one template, however often it was applied. */
    private int revision() {
        return set.getSpec().getTemplate().hashCode();
    }

    private int replicas() {
        return set.getSpec().getReplicas();
    }

    /** As {@code kubectl scale}. */
    synchronized void scale(int replicas) {
        set.getSpec().setReplicas(replicas);
    }

    /** As {@code kubectl rollout restart}: all pods, one after the other. */
    synchronized void restart() {
        restartsAsked++;
        set.getSpec()
                .getTemplate()
                .getMetadata()
                .setAnnotations(Map.of("kubectl.kubernetes.io/restartedAt", "" + restartsAsked));
    }

    /** As applying a template that was changed: pods of another one are rolled, one after the other. */
    synchronized void change(Runnable template) {
        template.run();
    }

    /** A pod that is killed by force and does not come back before {@link #release}: time to do something to its volume. */
    synchronized void hold(int ordinal) {
        held.add(ordinal);
        RunningPod pod = pods.get(ordinal);
        if (pod != null) {
            pod.delete(System.nanoTime());
            pod.kill();
        }
    }

    synchronized void release(int ordinal) {
        held.remove(ordinal);
    }

    synchronized boolean isGone(int ordinal) {
        return !pods.containsKey(ordinal);
    }

    /** The pods of this zone reach each other, and who watches over them, and nobody else, until {@link #heal}. */
    synchronized void cut(String zone) {
        runtime.network()
                .cut(pods.entrySet().stream()
                        .filter(entry -> PodRuntime.zone(entry.getKey()).equals(zone))
                        .map(entry -> entry.getValue().place())
                        .toList());
    }

    void heal() {
        runtime.network().heal();
    }

    /** As {@code kubectl rollout status} would say that it is complete: all there, as wanted, and ready. */
    synchronized boolean isSettled() {
        return pods.size() == replicas()
                && highestOld().isEmpty()
                && pods.values().stream().allMatch(RunningPod::isReady);
    }

    void awaitSettled(Duration deadline) {
        Await.until(set.getMetadata().getName() + " settled", deadline, () -> {
            rethrow();
            return isSettled();
        });
    }

    private synchronized void rethrow() {
        if (failure != null) {
            throw new IllegalStateException("the controller failed", failure);
        }
    }

    /** Where the S3 service leads: ready pods alone. */
    synchronized List<URI> readyAt(int port) {
        return pods.values().stream()
                .filter(RunningPod::isReady)
                .map(pod -> URI.create("http://" + pod.place().address() + ":" + port))
                .toList();
    }

    synchronized Optional<URI> pod(int ordinal, int port) {
        return Optional.ofNullable(pods.get(ordinal))
                .map(pod -> URI.create("http://" + pod.place().address() + ":" + port));
    }

    synchronized boolean isReady(int ordinal) {
        RunningPod pod = pods.get(ordinal);
        return pod != null && pod.isReady();
    }

    /** Of the pod that is there now. */
    synchronized int restarts(int ordinal) {
        RunningPod pod = pods.get(ordinal);
        return pod == null ? 0 : pod.restarts();
    }

    synchronized int restarts() {
        return pods.values().stream().mapToInt(RunningPod::restarts).sum();
    }

    /** Of all pods that there ever were, as {@link RunningPod#badEnds}. */
    synchronized List<String> badEnds() {
        return Stream.concat(badEnds.stream(), pods.values().stream().flatMap(pod -> pod.badEnds().stream()))
                .toList();
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        List<RunningPod> left;
        synchronized (this) {
            left = new ArrayList<>(pods.values());
            left.forEach(pod -> {
                pod.delete(System.nanoTime());
                pod.kill();
            });
        }
        Await.until("all pods ended", STOP, () -> left.stream().allMatch(RunningPod::isGone));
    }
}
