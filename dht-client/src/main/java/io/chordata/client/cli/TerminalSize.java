package io.chordata.client.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** How much text the terminal shows. */
record TerminalSize(int rows, int columns) {
    static final TerminalSize USUAL = new TerminalSize(24, 80);

    private static final int ROWS_MIN = 8;
    private static final int COLUMNS_MIN = 20;
    private static final int SIDE_MAX = 1_000;
    private static final long PATIENCE_MILLIS = 1_000;

    /** As {@code stty} tells; the usual size where it does not. Blocks. */
    static TerminalSize now() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                String text = new String(stty.getInputStream().readNBytes(SIDE_MAX), StandardCharsets.US_ASCII);
                return stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) ? parse(text) : USUAL;
            } finally {
                stty.destroy();
            }
        } catch (IOException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    /** Rows and columns, with a space in between. */
    static TerminalSize parse(String text) {
        String[] sides = text.strip().split(" ", -1);
        if (sides.length != 2 || !sides[0].matches("[0-9]{1,4}") || !sides[1].matches("[0-9]{1,4}")) {
            return USUAL;
        }
        int rows = Integer.parseInt(sides[0]);
        int columns = Integer.parseInt(sides[1]);
        return rows < ROWS_MIN || columns < COLUMNS_MIN
                ? USUAL
                : new TerminalSize(Math.min(rows, SIDE_MAX), Math.min(columns, SIDE_MAX));
    }
}
