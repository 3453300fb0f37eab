package io.chordata.node.admin;

import io.vertx.core.http.HttpServerRequest;

/** Serves S3 to whoever is signed in at the admin port. */
@FunctionalInterface
public interface S3Door {
    /**
     * Answers the request, sooner or later.
     *
     * @param request paused, nothing of its body read
     * @param accessKey whose rights count
     * @param uri what is asked for, as the S3 port knows it
     * @throws ProblemException 503 where S3 is not served now; the request is not answered then
     */
    void serve(HttpServerRequest request, String accessKey, String uri);
}
