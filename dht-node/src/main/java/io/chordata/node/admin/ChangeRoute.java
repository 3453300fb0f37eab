package io.chordata.node.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Something that can be changed through the admin port.
 *
 * @param path all of it; its groups go to the change
 * @param change gives what is answered with status 200; fails with {@link ProblemException} to say why not
 */
public record ChangeRoute(
        HttpMethod method, Pattern path, BiFunction<ChangeRequest, MatchResult, Future<JsonObject>> change) {}
