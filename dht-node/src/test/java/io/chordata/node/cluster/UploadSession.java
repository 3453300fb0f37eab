package io.chordata.node.cluster;

import io.chordata.node.core.UploadId;
import io.chordata.node.history.Operation;
import io.chordata.node.history.Outcome;
import io.chordata.node.history.Version;
import io.chordata.node.object.ObjectError;
import io.chordata.node.object.Uploads.CompletedPart;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A client's multipart upload of one part, which may be sent twice; completed, or aborted. */
final class UploadSession {
    private static final int ATTEMPTS = 5;

    private final Client client;
    private final ClusterLoad load;
    private final String key;
    private final Guard guard;
    private byte[] body;
    private @Nullable UploadId id;

    /** A part without an answer may yet replace one that was sent later. */
    private boolean isPartInDoubt;

    UploadSession(Client client, ClusterLoad load, String key) {
        this.client = client;
        this.load = load;
        this.key = key;
        this.guard = client.guard(key, 0.2);
        this.body = load.newBody(client.random);
    }

    /** Who does not hear the id of an upload cannot use it. */
    void begin() {
        client.ask(Requests.createUpload(client.unnamed(), key), reply -> {
            id = reply.value();
            if (id == null) {
                client.next();
            } else {
                putPart(ATTEMPTS);
            }
        });
    }

    private UploadId id() {
        return Objects.requireNonNull(id);
    }

    private void putPart(int left) {
        client.ask(Requests.putPart(client.unnamed(), key, id(), 1, body), reply -> {
            if (reply.is(ObjectError.NO_SUCH_UPLOAD)) {
                client.wrong(key, ObjectError.NO_SUCH_UPLOAD);
            }
            isPartInDoubt |= reply.isInDoubt();
            if (reply.value() == null) {
                client.retryOrGoOn(reply, key, left, () -> putPart(left - 1));
            } else {
                go();
            }
        });
    }

    private void go() {
        if (client.random.chance(0.15)) {
            client.ask(Requests.abort(client.unnamed(), key, id()), reply -> client.next());
        } else if (client.random.chance(0.2)) {
            body = load.newBody(client.random);
            putPart(0);
        } else if (load.oracles.hasRoom(key)) {
            complete();
        } else {
            client.next();
        }
    }

    /** A completion is one operation, however often it is asked for: it happens once. */
    private void complete() {
        String part = Body.md5(body);
        Version version = new Version(part, Body.md5(HexFormat.of().parseHex(part)) + "-1");
        Oracles.Call call =
                load.oracles.put(client.name, key, Operation.complete(version, guard.condition()), version, body);
        complete(call, version, ATTEMPTS, true);
    }

    private void complete(Oracles.Call call, Version version, int left, boolean isFirst) {
        List<CompletedPart> parts = List.of(new CompletedPart(1, version.body(), null));
        client.ask(Requests.complete(client.unnamed(), key, id(), parts, guard.conditions()), reply -> {
            boolean mayBeDone = reply.isInDoubt() || !isFirst;
            if (reply.isWorthRetrying() && left > 0) {
                load.cluster.scheduler.afterMillis(
                        20 + client.random.nextInt(600), () -> complete(call, version, left - 1, !mayBeDone));
            } else {
                call.end(outcome(reply, version, isFirst));
                client.next();
            }
        });
    }

    /** What an earlier attempt may have done, a refusal does not undo. */
    private Outcome outcome(Reply<String> reply, Version version, boolean isFirst) {
        boolean isRefused = !reply.isSuccess() && !reply.isInDoubt();
        if (isRefused && !isFirst) {
            return Outcome.UNKNOWN;
        }
        if (reply.is(ObjectError.INVALID_PART) && isPartInDoubt) {
            return Outcome.REFUSED;
        }
        return client.written(key, reply, version);
    }
}
