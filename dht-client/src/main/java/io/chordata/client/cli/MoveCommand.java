package io.chordata.client.cli;

import java.util.Map;
import picocli.CommandLine.Command;

/** Copies, then deletes. */
@Command(
        name = "mv",
        description = {
            "Copies objects or files as 'cp' does, then deletes each source whose copy is there.",
            "This is not one step: who looks in between sees both. A source that was replaced meanwhile stays."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  chordata mv s3://photos/cat.jpg s3://photos/pets/",
            "  chordata mv -r s3://photos/2025 s3://archive/2025"
        })
public final class MoveCommand extends CopyingCommand {
    public MoveCommand(Map<String, String> environment, boolean onTerminal) {
        super(environment, onTerminal, null);
    }

    @Override
    boolean isDeleting() {
        return true;
    }

    @Override
    String action() {
        return "mv";
    }
}
