package io.chordata.node.admin;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Sends the description of the admin API, an OpenAPI 3.1 document, as it stands among the sources. */
final class ApiDescription implements Handler<HttpServerRequest> {
    static final String PATH = "/v1/openapi.yaml";

    private static final String RESOURCE = "openapi.yaml";
    /** RFC 9512. */
    private static final String CONTENT_TYPE = "application/yaml";

    private final Buffer document;

    private ApiDescription(Buffer document) {
        this.document = document;
    }

    /** Blocks. */
    static ApiDescription load() {
        try (InputStream in = ApiDescription.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the description of the admin API is not in the program");
            }
            return new ApiDescription(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(HttpServerRequest request) {
        Answers.send(request, 200, CONTENT_TYPE, document);
    }
}
