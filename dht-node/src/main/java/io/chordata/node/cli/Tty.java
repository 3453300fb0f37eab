package io.chordata.node.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** Whether somebody at a terminal sees what is printed. */
final class Tty {
    private static final Path ERROR = Path.of("/proc/self/fd/2");
    private static final Pattern NAME = Pattern.compile("/dev/(pts/\\d+|tty.*|console)");

    private Tty() {}

    /** Of the standard output; not where the standard input is none. */
    static boolean isOutput() {
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** Of the standard error, which Java tells nothing of: where the system does not either, as the standard output is. */
    static boolean isError() {
        return isOne(ERROR, Tty::isOutput);
    }

    /** @param descriptor as Linux shows what a number of a process is open on: a link */
    static boolean isOne(Path descriptor, BooleanSupplier otherwise) {
        try {
            return NAME.matcher(Files.readSymbolicLink(descriptor).toString()).matches();
        } catch (IOException | UnsupportedOperationException e) {
            return otherwise.getAsBoolean();
        }
    }

    /** From JDK 22 on there is a console without a terminal, too, which says so. */
    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
