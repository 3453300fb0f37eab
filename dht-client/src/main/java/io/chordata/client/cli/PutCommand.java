package io.chordata.client.cli;

import io.chordata.client.files.S3Name;
import java.io.InputStream;
import java.util.Map;
import picocli.CommandLine.Command;

/** Stores files. */
@Command(
        name = "put",
        description =
                "Stores files as objects, each with a checksum that the endpoint holds it to; '-' is the standard input.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "A large file that was interrupted goes on where it ended, as long as it is not changed: what it is known by is",
            "in ~/.cache/chordata/uploads. A file that is changed while it is read is told as a failure.",
            "",
            "Examples:",
            "  chordata put cat.jpg s3://photos/",
            "  chordata put -r --exclude '*.tmp' album s3://photos/album",
            "  tar c . | chordata put - s3://backup/all.tar"
        })
public final class PutCommand extends CopyingCommand {
    public PutCommand(Map<String, String> environment, boolean onTerminal, InputStream standardInput) {
        super(environment, onTerminal, standardInput);
    }

    @Override
    void check() {
        super.check();
        if (!S3Name.isOne(target()) || sources().stream().anyMatch(S3Name::isOne)) {
            throw new IllegalArgumentException("'put' goes from files to an s3:// name; 'get' and 'cp' go elsewhere");
        }
    }

    @Override
    String action() {
        return "put";
    }
}
