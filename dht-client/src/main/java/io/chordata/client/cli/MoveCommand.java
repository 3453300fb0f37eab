package io.chordata.client.cli;

import java.util.Map;
import picocli.CommandLine.Command;

/** Copies, then deletes. */
@Command(
        name = "mv",
        description = {
            "Copies objects or files as 'cp' does, then deletes each source whose copy is there.",
            "This is not one step: who looks in between sees both. An object that was replaced meanwhile stays, if the",
            "endpoint heeds If-Match when it deletes, as Chordata does; others delete what is there by then. A file that was",
            "changed meanwhile stays; only a change in the very moment of the deletion can be missed."
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
