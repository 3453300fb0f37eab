package io.chordata.client;

import io.chordata.client.model.DownloadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What downloads that were interrupted left beside files, and none will go on with: of objects that were replaced since. */
public final class StaleParts {
    private static final Pattern NAME = Pattern.compile(
            "\\.(.+)\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}" + Pattern.quote(DownloadRequest.SUFFIX));

    private StaleParts() {}

    /**
     * Removes it if the file that it belongs to is there and no download has it open. Blocks.
     *
     * @param part of a file that is as its object is now
     */
    public static void remove(Path part) throws IOException {
        Matcher name = NAME.matcher(String.valueOf(part.getFileName()));
        if (name.matches() && Files.isRegularFile(part.resolveSibling(name.group(1)))) {
            PartialFile.removeUnused(part);
        }
    }
}
