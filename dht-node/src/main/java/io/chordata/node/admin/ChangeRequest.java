package io.chordata.node.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request to change something, by somebody who is signed in.
 *
 * @param accessKey who asks, for the log
 */
public record ChangeRequest(HttpServerRequest http, String accessKey, Buffer body) {
    /**
     * The texts in a JSON object; an empty body is an object without any.
     *
     * @param names of all that there may be: a misspelt one would otherwise ask for something else
     * @throws ProblemException if it is anything else
     */
    Map<String, String> texts(Set<String> names) {
        return texts(body, names);
    }

    /** Empty for an empty body; throws {@link ProblemException} if it is anything else than an object. */
    JsonObject object() {
        return object(body);
    }

    static Map<String, String> texts(Buffer body, Set<String> names) {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, Object> field : object(body)) {
            if (!names.contains(field.getKey()) || !(field.getValue() instanceof String text)) {
                throw new ProblemException(
                        400,
                        "Wrong body",
                        "the body has fields of text, of which there are: " + String.join(", ", names));
            }
            texts.put(field.getKey(), text);
        }
        return texts;
    }

    private static JsonObject object(Buffer body) {
        try {
            return body.length() == 0 ? new JsonObject() : body.toJsonObject();
        } catch (RuntimeException e) {
            throw new ProblemException(400, "Wrong body", "the body is no JSON object");
        }
    }
}
