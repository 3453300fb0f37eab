package io.chordata.client.files;

import org.jspecify.annotations.Nullable;

/**
 * A file or an object, as a listing shows it.
 *
 * @param name below the folder that is listed, with slashes
 * @param size in bytes; -1 if the listing does not tell
 * @param modifiedMillis since 1970; 0 if the listing does not tell
 * @param eTag of an object; null for a file
 */
public record Item(
        String name,
        long size,
        long modifiedMillis,
        @Nullable String eTag) {
    public static Item file(String name, long size, long modifiedMillis) {
        return new Item(name, size, modifiedMillis, null);
    }
}
