package io.chordata.client.admin;

/**
 * An access key of the cluster, without its secret.
 *
 * @param note what it is for
 */
public record Key(String accessKey, String note, long createdMillis) {
    static Key of(Fields fields) {
        return new Key(fields.text("accessKey"), fields.text("note"), fields.number("created"));
    }
}
