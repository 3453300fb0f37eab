package io.chordata.node.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * A request to change something, by somebody who is signed in.
 *
 * @param accessKey who asks, for the log
 */
public record ChangeRequest(HttpServerRequest http, String accessKey, Buffer body) {}
