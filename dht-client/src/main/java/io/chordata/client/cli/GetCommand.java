package io.chordata.client.cli;

import io.chordata.client.files.S3Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Fetches objects into files. */
@Command(
        name = "get",
        description = "Fetches objects into files; TARGET may be left out, and is the folder one is in then.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Bytes are collected beside the file, in one whose name ends in .chordata-part, and held to the checksum that",
            "the endpoint has; then the file is replaced in one step. It gets the object's time. What was interrupted goes",
            "on where it ended. No file is ever written outside of the target folder, whatever a key says: such a key is",
            "told as a failure, and so is one that is a file and a folder at once.",
            "",
            "Examples:",
            "  chordata get s3://photos/cat.jpg",
            "  chordata get 's3://photos/2026/**/*.jpg' pictures/",
            "  chordata get -r s3://photos/album album"
        })
public final class GetCommand extends CopyingCommand {
    public GetCommand(Map<String, String> environment, boolean onTerminal) {
        super(environment, onTerminal, null);
    }

    private boolean isIntoHere() {
        return S3Name.isOne(words().get(words().size() - 1));
    }

    @Override
    List<String> sources() {
        return isIntoHere() ? words() : super.sources();
    }

    @Override
    String target() {
        return isIntoHere() ? "." : super.target();
    }

    @Override
    void check() {
        super.check();
        List<String> others = new ArrayList<>(sources());
        others.removeIf(S3Name::isOne);
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    "'get' goes from s3:// names to files, and '" + others.get(0) + "' is none");
        }
    }

    @Override
    String action() {
        return "get";
    }
}
