package io.chordata.client.model;

import java.util.List;

/**
 * The outcome for each key of a batch.
 *
 * @param deleted also those that were not there
 */
public record DeleteObjectsResult(List<String> deleted, List<Failure> failures) {
    public DeleteObjectsResult {
        deleted = List.copyOf(deleted);
        failures = List.copyOf(failures);
    }

    /** A key that may still be there. */
    public record Failure(String key, String code, String message) {}
}
