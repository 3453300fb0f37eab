package io.chordata.node.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program's entry. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Lifecycle lifecycle = new Lifecycle();
        lifecycle.attachToProcess();
        Terminal terminal = new Terminal(
                System.getenv(),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        int exitCode = ExitCode.INTERNAL_ERROR.number();
        try {
            exitCode = new Chordata(terminal, lifecycle).run(args);
        } finally {
            terminal.out().flush();
            terminal.err().flush();
            lifecycle.ended(exitCode);
        }
        System.exit(exitCode);
    }
}
