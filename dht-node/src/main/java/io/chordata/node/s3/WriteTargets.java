package io.chordata.node.s3;

/** What a write of a whole object must not name, lest half of the request be ignored. */
final class WriteTargets {
    private WriteTargets() {}

    /** @throws S3Exception INVALID_ARGUMENT if the request names a part or a version */
    static void requireWhole(S3Request request) {
        for (String name : new String[] {"partNumber", "versionId"}) {
            if (request.query().has(name)) {
                throw S3Error.INVALID_ARGUMENT
                        .with("This operation does not accept a " + name + ".")
                        .detail("ArgumentName", name)
                        .detail("ArgumentValue", request.query().text(name));
            }
        }
    }
}
