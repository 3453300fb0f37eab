package io.chordata.node.admin;

import io.chordata.node.access.KeyAdmin;
import io.chordata.node.access.KeyAdmin.KeyView;
import io.chordata.node.object.ObjectError;
import io.chordata.node.object.ObjectException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Access keys:
 *
 * <pre>
 *   GET /v1/keys            [{accessKey, note, created}]
 *   POST /v1/keys {note}    {accessKey, secretKey, note, created}: the only time that the secret is shown
 *   DELETE /v1/keys/KEY     {accessKey}
 * </pre>
 */
public final class KeysApi {
    private static final int NOTE_MAX = 256;
    private static final String NOTE = "note";

    private final Supplier<Future<KeyAdmin>> keys;

    /** @param keys fails with {@link ProblemException} where there are none now */
    public KeysApi(Supplier<Future<KeyAdmin>> keys) {
        this.keys = keys;
    }

    List<ChangeRoute> routes() {
        return List.of(
                new ChangeRoute(HttpMethod.POST, Pattern.compile("/v1/keys"), (request, path) -> create(note(request))),
                new ChangeRoute(
                        HttpMethod.DELETE,
                        Pattern.compile("/v1/keys/([A-Z0-9]{1,64})"),
                        (request, path) -> delete(path.group(1))));
    }

    Future<List<KeyView>> list() {
        return keys.get().compose(KeyAdmin::list).recover(KeysApi::problem);
    }

    static JsonObject json(KeyView key) {
        return new JsonObject()
                .put("accessKey", key.accessKey())
                .put(NOTE, key.note())
                .put("created", key.createdMillis());
    }

    private static String note(ChangeRequest request) {
        String note = request.texts(Set.of(NOTE)).getOrDefault(NOTE, "");
        if (note.length() > NOTE_MAX || note.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(
                    400, "Wrong body", "the note has at most " + NOTE_MAX + " characters, all of them printable");
        }
        return note;
    }

    private Future<JsonObject> create(String note) {
        return keys.get()
                .compose(admin -> admin.create(note))
                .map(made -> json(made.key()).put("secretKey", made.secretKey()))
                .recover(KeysApi::problem);
    }

    private Future<JsonObject> delete(String accessKey) {
        return keys.get()
                .compose(admin -> admin.delete(accessKey))
                .compose(deleted -> deleted
                        ? Future.succeededFuture(new JsonObject().put("accessKey", accessKey))
                        : Future.failedFuture(
                                new ProblemException(404, "No such key", "there is no access key " + accessKey)))
                .recover(KeysApi::problem);
    }

    private static <T> Future<T> problem(Throwable failure) {
        if (!(failure instanceof ObjectException refusal)) {
            return Future.failedFuture(failure);
        }
        boolean full = refusal.error() == ObjectError.TOO_MANY_KEYS;
        return Future.failedFuture(
                full
                        ? new ProblemException(409, "Too many keys", String.valueOf(failure.getMessage()))
                        : new ProblemException(503, "Not answered", String.valueOf(failure.getMessage())));
    }
}
