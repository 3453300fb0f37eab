package io.chordata.client.sigv4;

/** Names of the parameters of a presigned request. */
public final class QueryParameters {
    public static final String ALGORITHM = "X-Amz-Algorithm";
    public static final String CREDENTIAL = "X-Amz-Credential";
    public static final String DATE = "X-Amz-Date";
    public static final String EXPIRES = "X-Amz-Expires";
    public static final String SIGNED_HEADERS = "X-Amz-SignedHeaders";
    public static final String SIGNATURE = "X-Amz-Signature";
    public static final String SECURITY_TOKEN = "X-Amz-Security-Token";

    private QueryParameters() {}
}
