package io.chordata.node.tls;

import io.chordata.node.core.Clock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one port's certificate as new as its files: looks at them again and again, beside the event loops, and hands on what
 * it finds new and usable. What cannot be used is logged once, and the certificate stays what it was. Files are compared by
 * what they hold, as a Kubernetes volume replaces a link above them.
 */
public final class TlsWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);

    /** Whoever renews certificates in time does so at two thirds of their life. */
    private static final int LATE_FRACTION = 5;

    private static final Duration REMINDER = Duration.ofHours(6);
    private static final long NEVER = -1;

    private final Vertx vertx;
    private final Clock clock;
    private final String port;
    private final TlsOptions options;
    private final Observer observer;
    private volatile TlsMaterial material;
    private volatile @Nullable Function<TlsMaterial, Future<?>> renew;
    private volatile long timer = NEVER;
    private volatile boolean stopped;
    private volatile String lastRefusal = "";
    private volatile @Nullable Instant warned;

    /** Told of each change of the files. */
    public interface Observer {
        /** @param taken whether the new ones are used from now on */
        void onChange(boolean taken);
    }

    private TlsWatch(
            Vertx vertx, Clock clock, String port, TlsOptions options, Observer observer, TlsMaterial material) {
        this.vertx = vertx;
        this.clock = clock;
        this.port = port;
        this.options = options;
        this.observer = observer;
        this.material = material;
    }

    /**
     * Reads the files for the first time. Blocks.
     *
     * @param port what the certificate is for, for the log
     */
    public static TlsWatch open(Vertx vertx, Clock clock, String port, TlsOptions options, Observer observer)
            throws TlsFilesException {
        TlsMaterial first = TlsMaterial.load(vertx, options, clock.wallMillis());
        TlsWatch watch = new TlsWatch(vertx, clock, port, options, observer, first);
        watch.warnIfLate();
        return watch;
    }

    /** The newest that could be used. */
    public TlsMaterial material() {
        return material;
    }

    /** Seconds until the certificate expires, or one that it rests on; negative once that has. */
    public double secondsLeft() {
        return (material.notAfter().toEpochMilli() - clock.wallMillis()) / 1e3;
    }

    /**
     * Looks from now on. Called again, for a port that was opened anew, it goes on for that one.
     *
     * @param used what the port was opened with; if there is newer by now it is told at the next look
     * @param use makes a port use another certificate for connections to come
     */
    public synchronized void start(long periodMillis, TlsMaterial used, Function<TlsMaterial, Future<?>> use) {
        boolean isFirst = renew == null;
        renew = use;
        material = used;
        if (isFirst) {
            lookLater(periodMillis);
        }
    }

    private void lookLater(long periodMillis) {
        if (!stopped) {
            timer = vertx.setTimer(periodMillis, fired -> look(periodMillis));
        }
    }

    public void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }

    private void look(long periodMillis) {
        vertx.executeBlocking(this::newer, false)
                .compose(newer -> newer == null ? Future.<Void>succeededFuture() : take(newer))
                .onFailure(this::onRefused)
                .onComplete(done -> lookLater(periodMillis));
    }

    private @Nullable TlsMaterial newer() throws TlsFilesException {
        warnIfLate();
        PemFiles files = PemFiles.read(options);
        if (material.isOf(files)) {
            lastRefusal = "";
            return null;
        }
        return TlsMaterial.of(vertx, options, files, clock.wallMillis());
    }

    private Future<Void> take(TlsMaterial newer) {
        Function<TlsMaterial, Future<?>> use = Objects.requireNonNull(renew);
        return use.apply(newer).onSuccess(done -> onTaken(newer, use)).mapEmpty();
    }

    /** A port that was opened anew meanwhile has what it was opened with. */
    private synchronized void onTaken(TlsMaterial newer, Function<TlsMaterial, Future<?>> by) {
        if (by != renew) {
            return;
        }
        material = newer;
        lastRefusal = "";
        warned = null;
        LOG.info("event=certificate_renewed port={} until={}", port, newer.notAfter());
        observer.onChange(true);
    }

    /** The same complaint is made once. */
    private void onRefused(Throwable cause) {
        String refusal = String.valueOf(cause.getMessage());
        if (!refusal.equals(lastRefusal)) {
            lastRefusal = refusal;
            LOG.warn(
                    "event=certificate_refused port={} reason=\"{}\" hint=\"the one before stays in use until {}\"",
                    port,
                    refusal,
                    material.notAfter());
            observer.onChange(false);
        }
    }

    private void warnIfLate() {
        Instant now = Instant.ofEpochMilli(clock.wallMillis());
        Duration life = Duration.between(material.notBefore(), material.notAfter());
        Instant last = warned;
        boolean isLate = now.isAfter(material.notAfter().minus(life.dividedBy(LATE_FRACTION)));
        if (isLate && (last == null || now.isAfter(last.plus(REMINDER)))) {
            warned = now;
            LOG.warn(
                    "event=certificate_expires port={} file={} at={}",
                    port,
                    material.endingPath(),
                    material.notAfter());
        }
    }
}
