package io.chordata.client;

import io.chordata.client.checksum.ChecksumAlgorithm;
import io.chordata.client.checksum.CrcCombiner;
import io.chordata.client.checksum.RunningChecksum;
import io.chordata.client.model.ByteRange;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Conditions;
import io.chordata.client.model.DownloadRequest;
import io.chordata.client.model.GetObjectRequest;
import io.chordata.client.model.ObjectInfo;
import io.chordata.client.multipart.PartPlan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one {@link Download}: in one get, or range after range of one ETag. The checksum of the whole follows from
 * those of the ranges as they came, where the endpoint has one of that kind; else the file is read once more for it.
 * Belongs to one event loop.
 */
final class DownloadParts {
    /** So many bytes may be in memory. */
    private static final int AT_ONCE_MAX_BYTES = 1 << 20;

    private final ChordataClient client;
    private final Cancellation callers;
    private final DownloadRequest request;
    private final Download download;
    private final Map<Integer, Long> done = new TreeMap<>();
    private final Promise<Void> ranges = Promise.promise();
    private final SyncPace pace = new SyncPace();
    private int next = 1;
    private int underWay;
    private @Nullable Throwable failure;

    DownloadParts(ChordataClient client, DownloadRequest request, Download download) {
        this.client = client.withCancellation(download.cancellation());
        this.callers = client.cancellation();
        this.request = request;
        this.download = download;
    }

    void run() {
        Runnable onCancel = download::cancel;
        if (!callers.listen(onCancel)) {
            download.cancel();
        }
        download.result().onComplete(done -> callers.forget(onCancel));
        Future.succeededFuture()
                .compose(begun -> outcome())
                .recover(this::shown)
                .onComplete(download.promise());
    }

    private Future<ObjectInfo> outcome() {
        if (request.size() >= 0 && request.size() <= request.partBytes()) {
            return whole();
        }
        return client.headObject(request.bucket(), request.key())
                .compose(info -> info.size() <= request.partBytes() ? whole() : inRanges(info));
    }

    private Future<ObjectInfo> whole() {
        return client.getObject(request.bucket(), request.key())
                .compose(stream -> stream.length() <= AT_ONCE_MAX_BYTES ? atOnce(stream) : written(stream));
    }

    /** Of a small object the file is opened, written and put in its place in one go: each change of threads costs as much. */
    private Future<ObjectInfo> atOnce(ObjectStream stream) {
        ObjectInfo info = stream.info();
        return stream.body(AT_ONCE_MAX_BYTES)
                .compose(body -> blocking(() -> {
                    PartialFile file = PartialFile.open(request.file(), info, "whole");
                    boolean placed = false;
                    try {
                        file.write(List.of(body), 0, null);
                        file.commit(info.size(), info.lastModified(), request.synced());
                        placed = true;
                    } finally {
                        if (!placed) {
                            file.discard();
                        }
                    }
                    return info;
                }))
                .onSuccess(there -> download.received(there.size()));
    }

    private Future<ObjectInfo> written(ObjectStream stream) {
        return blocking(() -> PartialFile.open(request.file(), stream.info(), "whole"))
                .onFailure(refused -> stream.cancel())
                .compose(file -> new RangeWriter(client.transport().vertx(), stream, file, download::received, null)
                        .run()
                        .compose(written -> commit(file, stream.info()))
                        .recover(cause -> failAfter(file::discard, cause)));
    }

    private Future<ObjectInfo> inRanges(ObjectInfo info) {
        PartPlan plan = plan(info.size());
        ChecksumAlgorithm algorithm = info.checksums().keySet().stream()
                .filter(known -> known.combiner().isPresent())
                .findFirst()
                .orElse(ChecksumAlgorithm.CRC32C);
        String layout = plan.partBytes() + " " + algorithm;
        return blocking(() -> PartialFile.open(request.file(), info, layout))
                .compose(file -> blocking(() -> file.kept(plan, algorithm))
                        .compose(kept -> {
                            kept.forEach((number, crc) -> download.received(plan.length(number)));
                            done.putAll(kept);
                            Ranges all = new Ranges(info, plan, algorithm, file);
                            goOn(all);
                            return ranges.future().compose(there -> verify(all)).compose(right -> commit(file, info));
                        })
                        .recover(cause -> failAfter(isWrong(cause) ? file::discard : file::close, cause)));
    }

    /** What ranges are read of and written to. */
    private record Ranges(ObjectInfo info, PartPlan plan, ChecksumAlgorithm algorithm, PartialFile file) {}

    /** Ranges can be smaller than parts of an upload, but not more numerous. */
    private PartPlan plan(long size) {
        return PartPlan.of(
                size, Math.max(PartPlan.MIN_PART_BYTES, Math.min(PartPlan.MAX_PART_BYTES, request.partBytes())));
    }

    private void goOn(Ranges all) {
        while (failure == null
                && underWay < request.parallel()
                && next <= all.plan().count()) {
            int number = next++;
            if (!done.containsKey(number)) {
                underWay++;
                read(all, number);
            }
        }
        if (underWay > 0 || pace.isSyncing()) {
            return;
        }
        if (failure != null) {
            ranges.tryFail(failure);
        } else {
            ranges.tryComplete();
        }
    }

    private void read(Ranges all, int number) {
        RunningChecksum running = all.algorithm().start();
        client.getObject(GetObjectRequest.of(request.bucket(), request.key())
                        .withRange(ByteRange.of(
                                all.plan().offset(number), all.plan().length(number)))
                        .withConditions(Conditions.ifMatch(all.info().eTag())))
                .compose(stream -> isAsked(all.plan(), number, stream)
                        ? new RangeWriter(client.transport().vertx(), stream, all.file(), download::received, running)
                                .run()
                        : refuse(stream))
                .compose(written -> blocking(() -> all.file().mark(number, running.crc())))
                .onComplete(outcome -> {
                    underWay--;
                    if (outcome.succeeded()) {
                        done.put(number, running.crc());
                        flushNowAndThen(all, number);
                    } else if (failure == null) {
                        failure = outcome.cause();
                    }
                    goOn(all);
                });
    }

    /** A sync that failed is final: the one at the end could report success for what is lost. */
    private void flushNowAndThen(Ranges all, int number) {
        if (!request.synced() || !pace.written(all.plan().length(number))) {
            return;
        }
        blocking(all.file()::flush).onComplete(outcome -> {
            pace.synced();
            if (outcome.failed() && failure == null) {
                failure = outcome.cause();
            }
            goOn(all);
        });
    }

    private static boolean isAsked(PartPlan plan, int number, ObjectStream stream) {
        return stream.offset() == plan.offset(number) && stream.length() == plan.length(number);
    }

    private static Future<Void> refuse(ObjectStream stream) {
        stream.cancel();
        return Future.failedFuture(
                ChordataException.of(ChordataException.MALFORMED_ANSWER, "another range came than was asked for"));
    }

    /** Those of parts, which end in a dash and their number, are of no use here. */
    private Future<Void> verify(Ranges all) {
        for (Map.Entry<ChecksumAlgorithm, String> known : all.info().checksums().entrySet()) {
            if (known.getValue().indexOf('-') < 0) {
                return computed(all, known.getKey())
                        .compose(text -> text.equals(known.getValue())
                                ? Future.succeededFuture()
                                : Future.failedFuture(ChordataException.builder(
                                                ChordataException.CHECKSUM_MISMATCH,
                                                "the bytes that arrived have another " + known.getKey()
                                                        + " than the endpoint has of the object")
                                        .resource('/' + request.bucket() + '/' + request.key())
                                        .build()));
            }
        }
        return Future.succeededFuture();
    }

    private Future<String> computed(Ranges all, ChecksumAlgorithm algorithm) {
        if (algorithm != all.algorithm()) {
            return blocking(() -> all.file().checksum(algorithm));
        }
        CrcCombiner combiner = algorithm.combiner().orElseThrow();
        long crc = 0;
        for (Map.Entry<Integer, Long> range : done.entrySet()) {
            crc = combiner.combine(crc, range.getValue(), all.plan().length(range.getKey()));
        }
        return Future.succeededFuture(algorithm.text(crc));
    }

    private Future<ObjectInfo> commit(PartialFile file, ObjectInfo info) {
        return blocking(() -> file.commit(info.size(), info.lastModified(), request.synced()))
                .map(info);
    }

    /** Whoever is told of the failure finds no file open any more. */
    private Future<ObjectInfo> failAfter(Callable<@Nullable Void> end, Throwable cause) {
        return blocking(end).transform(ended -> Future.failedFuture(cause));
    }

    /** Another try would keep what is wrong. */
    private static boolean isWrong(Throwable cause) {
        return cause instanceof ChordataException shown
                && (shown.code().equals(ChordataException.CHECKSUM_MISMATCH) || shown.isConditionFailed());
    }

    private <T extends @Nullable Object> Future<T> blocking(Callable<T> task) {
        return client.transport().vertx().executeBlocking(task, false);
    }

    private Future<ObjectInfo> shown(Throwable cause) {
        if (cause instanceof ChordataException shown) {
            return Future.failedFuture(
                    shown.isConditionFailed()
                            ? shown.toBuilder()
                                    .message("the object was replaced while it was read; try again")
                                    .build()
                            : shown);
        }
        return Future.failedFuture(ChordataException.builder(
                        ChordataException.FILE_FAILED, request.file() + " could not be written: " + cause)
                .cause(cause)
                .build());
    }
}
