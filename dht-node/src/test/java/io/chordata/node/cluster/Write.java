package io.chordata.node.cluster;

import io.chordata.node.core.RequestId;
import io.chordata.node.core.Uint128;
import io.chordata.node.history.Outcome;
import io.chordata.node.object.Invocation;
import io.chordata.node.object.ObjectLayer;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client's write, which it tries again on a 5xx or no answer. If each attempt says that it is the same request, it is one
 * operation, as it happens once; else each is one of its own.
 */
final class Write<T> {
    private final Client client;
    private final String key;
    private final Supplier<Oracles.Call> recording;
    private final Function<Invocation, Function<ObjectLayer, Future<T>>> request;
    private final Function<Reply<T>, Outcome> outcome;
    private @Nullable RequestId name;
    private int left = Client.ATTEMPTS;

    Write(
            Client client,
            String key,
            Supplier<Oracles.Call> recording,
            Function<Invocation, Function<ObjectLayer, Future<T>>> request,
            Function<Reply<T>, Outcome> outcome) {
        this.client = client;
        this.key = key;
        this.recording = recording;
        this.request = request;
        this.outcome = outcome;
    }

    void begin() {
        if (client.random.chance(0.6)) {
            name = new RequestId(new Uint128(client.random.nextLong(), client.random.nextLong()));
        }
        attempt(recording.get(), false);
    }

    void beginUnnamed() {
        attempt(recording.get(), false);
    }

    /** @param isInDoubt whether an earlier attempt of this operation may have happened */
    private void attempt(Oracles.Call call, boolean isInDoubt) {
        RequestId same = name;
        Invocation invocation = same == null ? client.unnamed() : Invocation.named(same, client.random);
        client.ask(request.apply(invocation), reply -> onReply(call, isInDoubt, reply));
    }

    private void onReply(Oracles.Call call, boolean wasInDoubt, Reply<T> reply) {
        boolean again = reply.isWorthRetrying() && left-- > 0 && client.mayGoOn(key);
        if (again && name != null) {
            client.pauseThen(() -> attempt(call, wasInDoubt || reply.isInDoubt()));
            return;
        }
        Outcome last = outcome.apply(reply);
        call.end(wasInDoubt && last.equals(Outcome.REFUSED) ? Outcome.UNKNOWN : last);
        if (again) {
            client.pauseThen(() -> attempt(recording.get(), false));
        } else {
            client.next();
        }
    }
}
