package io.chordata.node.admin;

import io.chordata.node.core.Uint128;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The query of a request, read strictly: a misspelt name would otherwise get the answer to another question. */
final class Parameters {
    private final MultiMap values;
    private final String usage;

    /**
     * @param usage how to ask, for whoever asks wrongly
     * @param names of all parameters that there are
     */
    Parameters(HttpServerRequest request, String usage, List<String> names) {
        this.usage = usage;
        this.values = parse(request);
        for (String name : values.names()) {
            if (!names.contains(name)) {
                throw problem("there is no parameter '" + name + "'");
            }
            if (values.getAll(name).size() > 1) {
                throw problem("'" + name + "' is given more than once");
            }
        }
    }

    private static MultiMap parse(HttpServerRequest request) {
        try {
            return request.params();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(400, "Malformed query", "a percent sign in the query begins no escape");
        }
    }

    /** Null where it is not given; never empty. */
    @Nullable
    String text(String name) {
        String value = values.get(name);
        if (value != null && value.isEmpty()) {
            throw problem("'" + name + "' is empty");
        }
        return value;
    }

    /** Null where it is not given. */
    <T> @Nullable T id(String name, Function<Uint128, T> kind) {
        String value = text(name);
        try {
            return value == null ? null : kind.apply(Uint128.parse(value));
        } catch (IllegalArgumentException e) {
            throw problem("'" + name + "' must be 32 hex digits, not '" + value + "'");
        }
    }

    ProblemException problem(String detail) {
        return new ProblemException(400, "Wrong parameter", detail + "; ask as " + usage);
    }
}
