package io.chordata.node.cli;

import io.chordata.client.cli.StandardOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program's entry. */
public final class Main {
    /** Netty's events make the first buffer wait, on an event loop, until the JDK's flight recorder is set up. */
    private static final String NETTY_EVENTS = "io.netty.jfr.enabled";

    /** Vert.x' own resolver falls back to public servers where no resolver is configured; the platform's does not. */
    private static final String NO_OWN_RESOLVER = "vertx.disableDnsResolver";

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty(NETTY_EVENTS) == null) {
            System.setProperty(NETTY_EVENTS, "false");
        }
        System.setProperty(NO_OWN_RESOLVER, "true");
        Lifecycle lifecycle = new Lifecycle();
        lifecycle.attachToProcess();
        OutputStream bytes = new FileOutputStream(FileDescriptor.out);
        Terminal terminal = new Terminal(
                System.getenv(),
                new StandardOutput(bytes),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                bytes);
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
