package io.chordata.client.files;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What becomes of the names in folders after a power cut. Blocks. */
public final class DurableFolders {
    private DurableFolders() {}

    /** What is done to a folder that got another name in it. */
    public interface Syncing {
        /** Leaves it to the system when the names reach the disk. */
        Syncing NONE = folder -> {};

        void sync(Path folder) throws IOException;
    }

    /** Names in it are as they are now after a power cut, too. Windows keeps them by itself, and opens no folder. */
    public static void sync(Path folder) throws IOException {
        if (File.separatorChar == '\\') {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Makes a folder and those that it is in. A link to a folder is one. */
    static void make(Path folder, Syncing syncing) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            make(parent, syncing);
        }
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        if (parent != null) {
            syncing.sync(parent);
        }
    }
}
