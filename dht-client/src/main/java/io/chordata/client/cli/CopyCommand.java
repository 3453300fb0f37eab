package io.chordata.client.cli;

import java.io.InputStream;
import java.util.Map;
import picocli.CommandLine.Command;

/** Copies within the endpoint, to it, or from it. */
@Command(
        name = "cp",
        description = {
            "Copies objects within the endpoint, without their bytes coming here; or from files, as 'put' does, or to",
            "files, as 'get' does. '-' as SOURCE is the standard input."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "What is larger than 5 GiB is copied in parts, and has another ETag then.",
            "",
            "Examples:",
            "  chordata cp s3://photos/cat.jpg s3://backup/",
            "  chordata cp -r s3://photos/2025 s3://backup/2025"
        })
public final class CopyCommand extends CopyingCommand {
    public CopyCommand(Map<String, String> environment, boolean onTerminal, InputStream standardInput) {
        super(environment, onTerminal, standardInput);
    }

    @Override
    String action() {
        return "cp";
    }
}
