package io.chordata.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class TransferCommandTest {
    private static final Map<String, String> KEYS =
            Map.of("CHORDATA_ACCESS_KEY", "root", "CHORDATA_SECRET_KEY", "0123456789abcdef");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Asks nobody. */
    @Command
    private static final class Unfinished extends TransferCommand {
        Unfinished() {
            super(KEYS, false, null);
        }

        @Override
        String action() {
            return "sync";
        }

        @Override
        List<String> words() {
            return List.of("here", "there");
        }

        @Override
        void transfer(Session session, Transfers transfers, Report report) {
            report.done("sync", "here/a", "there/a", 1);
        }

        @Override
        void finish(Session session, Report report) {
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
    }

    @Test
    void end_thatFailsOnAFullDisk_isAFailureWithCounts() {
        int exitCode = new CommandLine(new Unfinished())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute();
        assertThat(exitCode).as(err.toString()).isEqualTo(Outcome.SOME_NOT_DONE.number());
        assertThat(err.toString())
                .contains("sync here there: java.io.IOException: No space left on device", "1 done, 1 FAILED")
                .doesNotContain("\tat ");
    }
}
