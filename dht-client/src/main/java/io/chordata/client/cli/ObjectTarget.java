package io.chordata.client.cli;

import io.chordata.client.ChordataClient;
import io.chordata.client.ChordataClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which endpoint a command speaks to, and as whom: from flags and the environment. */
final class ObjectTarget {
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = {
                "S3 endpoint, or several nodes of one cluster with commas in between; where one does not answer the",
                "next is asked (CHORDATA_ENDPOINT; " + ObjectAccess.DEFAULT_ENDPOINT
                        + "). CHORDATA_ENDPOINT_AUTHORITY names a file",
                "of certificates to trust (PEM) for https."
            })
    private @Nullable String endpoint;

    @Option(names = "--region", paramLabel = "NAME", description = "For other endpoints (CHORDATA_REGION; us-east-1).")
    private @Nullable String region;

    @Option(
            names = "--no-routing",
            description = {
                "Speak to the endpoint alone, and do not ask it which node of its cluster holds what: where its nodes cannot be",
                "reached by their own addresses, as through a forwarded port (CHORDATA_ROUTING=false)."
            })
    private boolean isRoutingOff;

    /** As given: what uploads that go on are noted under. */
    String endpoint(Map<String, String> environment) {
        return ObjectAccess.endpoints(endpoint, environment);
    }

    /** @throws IllegalArgumentException if anything given cannot be used, or no keys are */
    ChordataClient open(Map<String, String> environment, Vertx vertx, int connections) {
        ObjectAccess access = ObjectAccess.of(endpoint, region, environment);
        ChordataClientBuilder builder = ChordataClient.builder()
                .endpoint(access.endpoints().toArray(String[]::new))
                .credentials(access.accessKey(), access.secretKey())
                .connections(connections)
                .routing(isRouting(environment))
                .vertx(vertx);
        if (access.region() != null) {
            builder.region(access.region());
        }
        if (access.trust() != null) {
            builder.http(new HttpClientOptions().setTrustOptions(access.trust()));
        }
        return builder.build();
    }

    private boolean isRouting(Map<String, String> environment) {
        String given = Environment.given(environment, "CHORDATA_ROUTING");
        if (given != null && !given.equals("true") && !given.equals("false")) {
            throw new IllegalArgumentException("CHORDATA_ROUTING is " + given + ": it must be true or false");
        }
        return !isRoutingOff && !"false".equals(given);
    }
}
