package io.chordata.client.http;

import io.vertx.core.Future;

/** Makes of an answer what the caller asked for. Called anew for each attempt. */
@FunctionalInterface
public interface AnswerReader<T> {
    /**
     * Sets the handlers of the body before it returns.
     *
     * @throws Exception if it is no such answer
     */
    Future<T> read(Answer answer) throws Exception;
}
