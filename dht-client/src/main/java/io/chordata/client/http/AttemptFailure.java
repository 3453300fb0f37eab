package io.chordata.client.http;

import io.chordata.client.model.ChordataException;
import io.chordata.client.retry.Failure;
import java.util.OptionalLong;

/** How one attempt failed: for the loop that decides what comes next. */
final class AttemptFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final Failure failure;
    private final ChordataException shown;
    private final long retryAfterMillis;
    private final long serverTimeMillis;

    /** @param serverTimeMillis -1 if the answer does not tell it */
    AttemptFailure(Failure failure, ChordataException shown, long retryAfterMillis, OptionalLong serverTimeMillis) {
        super(shown.getMessage(), shown, false, false);
        this.failure = failure;
        this.shown = shown;
        this.retryAfterMillis = retryAfterMillis;
        this.serverTimeMillis = serverTimeMillis.orElse(-1);
    }

    static AttemptFailure unanswered(Failure failure, ChordataException shown) {
        return new AttemptFailure(failure, shown, 0, OptionalLong.empty());
    }

    Failure failure() {
        return failure;
    }

    ChordataException shown() {
        return shown;
    }

    long retryAfterMillis() {
        return retryAfterMillis;
    }

    OptionalLong serverTimeMillis() {
        return serverTimeMillis < 0 ? OptionalLong.empty() : OptionalLong.of(serverTimeMillis);
    }
}
