package io.chordata.node.kube;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pod and its container, which is started again when it ends, when it does not start in time or when it is not alive. Driven by
 * {@link #tick}, from one thread.
 */
final class RunningPod {
    private static final Duration BACK_OFF_MIN = Duration.ofSeconds(10);
    private static final Duration BACK_OFF_MAX = Duration.ofMinutes(5);

    private final PodNetwork.Place place;
    private final Container container;
    private final Duration grace;
    private final List<String> words;
    private final Map<String, String> environment;
    private final Path log;

    private Process process;
    private ProbeRun startup;
    private ProbeRun liveness;
    private ProbeRun readiness;
    private @Nullable Long readySinceNanos;
    private @Nullable Long killAtNanos;
    private @Nullable Long restartAtNanos;
    private Duration backOff = Duration.ZERO;
    private boolean isDeleted;
    /** By who tests: what it ends with says nothing. */
    private boolean isKilled;

    private boolean isOverdue;
    private boolean isEndNoted;
    private final List<String> badEnds = new ArrayList<>();
    private int restarts;

    /** @param words of the container, inside its sandbox and namespace */
    RunningPod(
            PodNetwork.Place place,
            Container container,
            Duration grace,
            List<String> words,
            Map<String, String> environment,
            Path log,
            long nowNanos) {
        this.place = place;
        this.container = container;
        this.grace = grace;
        this.words = words;
        this.environment = environment;
        this.log = log;
        process = start();
        startup = probe(container.getStartupProbe(), nowNanos);
        liveness = probe(container.getLivenessProbe(), nowNanos);
        readiness = probe(container.getReadinessProbe(), nowNanos);
    }

    private Process start() {
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProbeRun probe(Probe probe, long nowNanos) {
        String name = probe.getHttpGet().getPort().getStrVal();
        int port = container.getPorts().stream()
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getContainerPort();
        return new ProbeRun(probe, place.address(), port, nowNanos);
    }

    void tick(long nowNanos) {
        if (!process.isAlive()) {
            noteEnd();
            readySinceNanos = null;
            if (!isDeleted) {
                restartInTime(nowNanos);
            }
            return;
        }
        if (killAtNanos != null) {
            if (nowNanos - killAtNanos >= 0) {
                isOverdue = true;
                process.destroyForcibly();
            }
            return;
        }
        runProbes(nowNanos);
    }

    private void runProbes(long nowNanos) {
        if (!startup.isPassed()) {
            startup.tick(nowNanos);
            if (startup.isFailed()) {
                terminate(nowNanos);
            }
            return;
        }
        liveness.tick(nowNanos);
        readiness.tick(nowNanos);
        if (liveness.isFailed()) {
            terminate(nowNanos);
        }
        if (!readiness.isPassed()) {
            readySinceNanos = null;
        } else if (readySinceNanos == null) {
            readySinceNanos = nowNanos;
        }
    }

    private void noteEnd() {
        if (isEndNoted || isKilled) {
            return;
        }
        isEndNoted = true;
        if (isOverdue) {
            badEnds.add(log + ": killed, as it had not ended " + grace + " after SIGTERM");
        } else if (process.exitValue() != 0 || killAtNanos == null) {
            badEnds.add(log + ": ended with " + process.exitValue() + (killAtNanos == null ? ", unasked" : ""));
        }
    }

    /** At once the first time, then after ten seconds, then after twice as long each time, five minutes at most. */
    private void restartInTime(long nowNanos) {
        if (restartAtNanos == null) {
            restartAtNanos = nowNanos + backOff.toNanos();
            backOff = backOff.isZero() ? BACK_OFF_MIN : shorter(backOff.multipliedBy(2), BACK_OFF_MAX);
        }
        if (nowNanos - restartAtNanos >= 0) {
            restart(nowNanos);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void restart(long nowNanos) {
        restarts++;
        restartAtNanos = null;
        killAtNanos = null;
        isKilled = false;
        isOverdue = false;
        isEndNoted = false;
        process = start();
        startup = probe(container.getStartupProbe(), nowNanos);
        liveness = probe(container.getLivenessProbe(), nowNanos);
        readiness = probe(container.getReadinessProbe(), nowNanos);
    }

    private void terminate(long nowNanos) {
        if (killAtNanos == null) {
            killAtNanos = nowNanos + grace.toNanos();
            process.destroy();
        }
    }

    /** SIGTERM, and SIGKILL once the grace period is over; it does not start again. */
    void delete(long nowNanos) {
        isDeleted = true;
        terminate(nowNanos);
    }

    /** kill -9 of the container; the pod stays, and starts it again. */
    void kill() {
        isKilled = true;
        process.destroyForcibly();
    }

    /** Each end of the container that was no answer to SIGTERM, within the grace period and with code 0. */
    List<String> badEnds() {
        if (!process.isAlive()) {
            noteEnd();
        }
        return badEnds;
    }

    boolean isGone() {
        return isDeleted && !process.isAlive();
    }

    boolean isDeleted() {
        return isDeleted;
    }

    boolean isReady() {
        return readySinceNanos != null && !isDeleted;
    }

    /** For so long without a break. */
    boolean isReadyFor(Duration time, long nowNanos) {
        return isReady() && readySinceNanos != null && nowNanos - readySinceNanos >= time.toNanos();
    }

    PodNetwork.Place place() {
        return place;
    }

    Path log() {
        return log;
    }

    /** Of the container; 0 while it runs for the first time. */
    int restarts() {
        return restarts;
    }
}
