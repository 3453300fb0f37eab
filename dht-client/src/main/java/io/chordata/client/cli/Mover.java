package io.chordata.client.cli;

import io.chordata.client.ChordataClient;
import io.chordata.client.Download;
import io.chordata.client.Upload;
import io.chordata.client.cli.ObjectCommand.Session;
import io.chordata.client.files.Item;
import io.chordata.client.files.S3Name;
import io.chordata.client.files.UploadNotes;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Conditions;
import io.chordata.client.model.Content;
import io.chordata.client.model.CopyObjectRequest;
import io.chordata.client.model.DownloadRequest;
import io.chordata.client.model.FileState;
import io.chordata.client.model.MultipartUpload;
import io.chordata.client.model.ObjectMetadata;
import io.chordata.client.model.PutObjectRequest;
import io.chordata.client.model.StoredObject;
import io.chordata.client.model.UploadRequest;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Brings one file or object somewhere else: by a put, a get or a copy within the endpoint. */
final class Mover {
    /** A file of so few bytes is read at once, and sent only if it did not change meanwhile. */
    private static final int SMALL_BYTES = 1 << 20;

    private static final int PARTS_AT_A_TIME = 4;
    private static final long COPY_PART_BYTES = 512L << 20;

    private final Session session;
    private final ChordataClient client;
    private final UploadNotes notes;
    private final @Nullable InputStream standardInput;
    private final long partBytes;
    private final boolean syncing;

    /** What moves, and how far it is. */
    record Motion(LongSupplier bytes, Future<Moved> result) {}

    /**
     * It is there.
     *
     * @param eTag of the object that was read; null for a file
     * @param state of the file that was read; null for an object
     */
    record Moved(long size, @Nullable String eTag, @Nullable FileState state) {}

    /**
     * @param standardInput null if it is never a source
     * @param partBytes of uploads and downloads in parts
     * @param syncing whether small files, too, are to be on the disk before they count
     */
    Mover(Session session, UploadNotes notes, @Nullable InputStream standardInput, long partBytes, boolean syncing) {
        this.session = session;
        this.client = session.client();
        this.notes = notes;
        this.standardInput = standardInput;
        this.partBytes = partBytes;
        this.syncing = syncing;
    }

    /** @param item of the source; its size may be unknown */
    Motion move(Item item, Place source, Place target) {
        if (source.isFile()) {
            return put(source.path(), target.name());
        }
        if (!source.isObject()) {
            return putStream(Objects.requireNonNull(standardInput), target.name());
        }
        return target.isFile() ? get(item, source.name(), target.path()) : copy(item, source.name(), target.name());
    }

    private Motion get(Item item, S3Name source, Path target) {
        DownloadRequest request = DownloadRequest.of(source.bucket(), source.key(), target)
                .withSize(item.size())
                .withParts(partBytes, PARTS_AT_A_TIME);
        // a larger one could have its size after a power cut, and yet a hole
        boolean small = item.size() >= 0 && item.size() <= SMALL_BYTES;
        Download download = client.download(small && !syncing ? request.withoutSync() : request);
        return new Motion(
                download::receivedBytes, download.result().map(info -> new Moved(info.size(), info.eTag(), null)));
    }

    private Motion copy(Item item, S3Name source, S3Name target) {
        Future<Moved> result = known(item, source).compose(there -> {
            CopyObjectRequest request = CopyObjectRequest.of(
                            source.bucket(), source.key(), target.bucket(), target.key())
                    .withSourceConditions(there.eTag() == null ? Conditions.NONE : Conditions.ifMatch(there.eTag()));
            Future<StoredObject> copied = there.size() > ChordataClient.COPY_MAX_BYTES
                    ? client.copyInParts(request, COPY_PART_BYTES)
                    : client.copyObject(request);
            return copied.map(there);
        });
        return new Motion(() -> 0, result);
    }

    private Future<Moved> known(Item item, S3Name source) {
        return item.size() >= 0
                ? Future.succeededFuture(new Moved(item.size(), item.eTag(), null))
                : client.headObject(source.bucket(), source.key())
                        .map(info -> new Moved(info.size(), info.eTag(), null));
    }

    private Motion putStream(InputStream stream, S3Name target) {
        Upload upload = client.upload(
                UploadRequest.of(target.bucket(), target.key(), Content.ofInputStream(stream, Content.UNKNOWN_LENGTH))
                        .withMetadata(metadata(target))
                        .withParts(partBytes, PARTS_AT_A_TIME));
        return new Motion(upload::sentBytes, upload.result().map(stored -> new Moved(upload.sentBytes(), null, null)));
    }

    /**
     * A file that is to be sent.
     *
     * @param bytes of a small one
     */
    private record Local(FileState state, byte @Nullable [] bytes) {
        static Local of(Path file) throws IOException {
            FileState state = FileState.of(file);
            if (state.size() > SMALL_BYTES) {
                return new Local(state, null);
            }
            byte[] bytes = Files.readAllBytes(file);
            state.requireSame(file);
            return new Local(state, bytes);
        }
    }

    private Motion put(Path file, S3Name target) {
        Progress progress = new Progress();
        Future<Moved> result = blocking(() -> Local.of(file)).compose(local -> {
            byte[] bytes = local.bytes();
            FileState state = local.state();
            return (bytes == null ? putLarge(file, state, target, progress) : putSmall(bytes, target))
                    .map(stored -> new Moved(state.size(), null, state));
        });
        return new Motion(progress, result);
    }

    private Future<StoredObject> putSmall(byte[] bytes, S3Name target) {
        return client.putObject(PutObjectRequest.of(target.bucket(), target.key(), Content.of(bytes))
                .withMetadata(metadata(target)));
    }

    /** Of an upload that begins later. */
    private static final class Progress implements LongSupplier {
        private volatile @Nullable Upload upload;

        @Override
        public long getAsLong() {
            Upload begun = upload;
            return begun == null ? 0 : begun.sentBytes();
        }
    }

    /** What a large file is sent as, and the upload to go on with. */
    private record Prepared(UploadRequest request, Optional<String> uploadId) {}

    private Future<StoredObject> putLarge(Path file, FileState state, S3Name target, Progress progress) {
        String identity = String.join(
                "\n",
                session.endpoint(),
                target.toString(),
                file.toAbsolutePath().toString(),
                state.size() + " " + state.modified() + " " + partBytes);
        boolean inParts = state.size() > partBytes;
        return blocking(() -> new Prepared(
                        UploadRequest.of(target.bucket(), target.key(), Content.ofFile(file))
                                .withMetadata(metadata(target))
                                .withParts(partBytes, PARTS_AT_A_TIME),
                        inParts ? notes.find(identity) : Optional.empty()))
                .compose(prepared ->
                        inParts ? putParts(prepared, identity, progress) : upload(prepared.request(), progress))
                .compose(stored -> blocking(() -> {
                    notes.forget(identity);
                    state.requireSame(file);
                    return stored;
                }));
    }

    private Future<StoredObject> putParts(Prepared prepared, String identity, Progress progress) {
        if (prepared.uploadId().isEmpty()) {
            return begin(prepared.request(), identity, progress);
        }
        return upload(prepared.request().resuming(prepared.uploadId().get()), progress)
                .recover(failure -> failure instanceof ChordataException shown
                                && shown.code().equals("NoSuchUpload")
                        ? begin(prepared.request(), identity, progress)
                        : Future.failedFuture(failure));
    }

    private Future<StoredObject> begin(UploadRequest request, String identity, Progress progress) {
        Future<MultipartUpload> begun =
                client.createMultipartUpload(request.bucket(), request.key(), request.metadata());
        return begun.compose(upload -> blocking(() -> {
                    notes.keep(identity, upload.uploadId());
                    return upload;
                }))
                .compose(upload -> upload(request.resuming(upload.uploadId()), progress));
    }

    private Future<StoredObject> upload(UploadRequest request, Progress progress) {
        Upload upload = client.upload(request);
        progress.upload = upload;
        return upload.result();
    }

    private static ObjectMetadata metadata(S3Name target) {
        String type = URLConnection.guessContentTypeFromName(target.baseName());
        return type == null ? ObjectMetadata.NONE : ObjectMetadata.ofType(type);
    }

    /** After it was brought somewhere else: only if it is what was. */
    Future<Void> delete(Place source, Moved moved) {
        FileState state = moved.state();
        if (source.isFile() && state != null) {
            return blocking(() -> {
                        if (!state.equals(FileState.of(source.path()))) {
                            throw new IOException(source + " was changed since, and stays");
                        }
                        Files.delete(source.path());
                        return state;
                    })
                    .mapEmpty();
        }
        S3Name name = source.name();
        String eTag = moved.eTag();
        return client.deleteObject(
                name.bucket(), name.key(), eTag == null ? Conditions.NONE : Conditions.ifMatch(eTag));
    }

    private <T> Future<T> blocking(Callable<T> task) {
        return session.vertx().executeBlocking(task, false);
    }
}
