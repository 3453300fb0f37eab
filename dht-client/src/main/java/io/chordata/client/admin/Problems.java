package io.chordata.client.admin;

import io.chordata.client.admin.AdminException.Kind;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Makes of what a node answers (RFC 9457) the failure that the caller gets. */
final class Problems {
    /** The title of a refusal because of the time. */
    static final String CLOCK_SKEW = "Clock skew";

    /** The title of a 503 after the node had asked others to do it, who may yet. */
    private static final String NOT_ANSWERED = "Not answered";

    private Problems() {}

    static AdminException of(int status, String body) {
        return of(status, body, false);
    }

    /** @param changes whether something was to be changed */
    static AdminException of(int status, String body, boolean changes) {
        try {
            JsonObject problem = new JsonObject(body);
            String title = problem.getString("title");
            if (title != null) {
                Kind kind = changes && title.equals(NOT_ANSWERED) ? Kind.UNKNOWN_OUTCOME : kind(status, title);
                return new AdminException(kind, title + ": " + problem.getString("detail"));
            }
        } catch (DecodeException | ClassCastException e) {
            // not from a node of a cluster: there is only the status to tell
        }
        return new AdminException(kind(status, ""), "the node answered with status " + status);
    }

    private static Kind kind(int status, String title) {
        return switch (status) {
            case 401, 403 -> title.equals(CLOCK_SKEW) ? Kind.CLOCK_SKEW : Kind.NOT_SIGNED_IN;
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.REFUSED;
            default -> status >= 500 ? Kind.UNAVAILABLE : Kind.WRONG_REQUEST;
        };
    }
}
