package io.chordata.node.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Reads words as {@code chordata init} does, for tests of what starts it. */
public final class InitWords {
    private InitWords() {}

    /** Whom it would ask. Fails where it would refuse the words. */
    public static String admin(List<String> words) {
        PrintWriter nobody = new PrintWriter(Writer.nullWriter());
        CommandLine command = new CommandLine(new InitCommand(new Terminal(Map.of(), nobody, nobody)));
        return command.parseArgs(words.toArray(String[]::new)).matchedOptionValue("--admin", "");
    }
}
