package io.chordata.client.sigv4;

/**
 * What a signing key is good for.
 *
 * @param date eight digits
 */
public record CredentialScope(String date, String region, String service) {
    public static final String TERMINATOR = "aws4_request";

    @Override
    public String toString() {
        return date + '/' + region + '/' + service + '/' + TERMINATOR;
    }
}
