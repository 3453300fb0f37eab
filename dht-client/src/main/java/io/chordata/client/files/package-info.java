/**
 * Trees of files and prefixes of keys as one thing: {@code s3://} names, patterns, both kinds of listing in the order of the
 * keys' bytes, what must be done to make one like the other, and which file a key may become. No socket; only
 * {@code LocalTree}, {@code LocalFolder}, {@code DurableFolders}, {@code Spool} and {@code UploadNotes} touch the disk, and
 * block. Imports of ours {@code model} alone.
 */
@NullMarked
package io.chordata.client.files;

import org.jspecify.annotations.NullMarked;
