package io.chordata.node.s3;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where requests become spans of traces. Called on event loops: must neither block nor throw. */
@FunctionalInterface
public interface S3Tracing {
    S3Tracing NONE = headers -> Traced.NONE;

    /**
     * A request has come.
     *
     * @param headers its headers by name, null for one that it does not have; among them may be a W3C trace context
     */
    Traced begin(Function<String, @Nullable String> headers);

    /** One request. */
    interface Traced {
        Traced NONE = new Traced() {
            @Override
            public String traceId() {
                return "";
            }

            @Override
            public void end(Outcome outcome) {}
        };

        /** 32 lower-case hex digits; empty if nobody will see the trace. */
        String traceId();

        /** Called once, with the last byte of the answer. */
        void end(Outcome outcome);
    }

    /**
     * What became of a request.
     *
     * @param operation the S3 name; {@code Unknown} if the request named none
     * @param code the S3 error code, empty for a success
     * @param isOurs whether the node is to blame
     */
    record Outcome(
            String requestId, String operation, int status, String code, long bytesIn, long bytesOut, boolean isOurs) {}
}
