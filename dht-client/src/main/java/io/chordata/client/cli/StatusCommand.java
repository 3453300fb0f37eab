package io.chordata.client.cli;

import io.chordata.client.admin.AdminOptions;
import io.chordata.client.admin.AdminRequest;
import io.chordata.client.admin.BlockingAdminClient;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints how the cluster is, once or again and again. */
@Command(
        name = "status",
        description = {
            "Prints how the cluster is: nodes, partitions that lack something, what moves.",
            "With --watch it goes on, with traffic and events, until Ctrl-C."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "On a terminal --watch draws over what it drew before; elsewhere it prints one picture after the other.",
            "It asks another node where one is gone. Traffic is that of the first 16 nodes.",
            "",
            "Examples:",
            "  chordata status",
            "  chordata status --watch --every 5",
            "  chordata status --json --admin 10.0.0.1:9001,10.0.0.2:9001"
        })
public final class StatusCommand extends AdminCommand {
    private static final int EVERY_SECONDS_MAX = 3_600;
    private static final String HOME = "\u001b[H";
    private static final String CLEAR = "\u001b[2J";
    private static final String TO_END_OF_LINE = "\u001b[K";
    private static final String TO_END_OF_SCREEN = "\u001b[J";

    private final boolean isTerminal;

    @Option(names = "--watch", description = "Look again and again.")
    private boolean watch;

    @Option(
            names = "--every",
            defaultValue = "2",
            paramLabel = "SECONDS",
            description = "Between two looks of --watch (${DEFAULT-VALUE}).")
    private int everySeconds;

    @Option(
            names = "--count",
            defaultValue = "0",
            paramLabel = "N",
            description = "Looks after which --watch ends; 0: never (${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--json", description = "Print the answer of /v1/cluster; with --watch, one line for each look.")
    private boolean json;

    /** @param isTerminal whether what is printed goes to one */
    public StatusCommand(Map<String, String> environment, boolean isTerminal) {
        super(environment);
        this.isTerminal = isTerminal;
    }

    @Override
    void check() {
        if (everySeconds < 1 || everySeconds > EVERY_SECONDS_MAX || count < 0) {
            throw new IllegalArgumentException(
                    "--every takes 1 to " + EVERY_SECONDS_MAX + " seconds, --count no negative number");
        }
    }

    @Override
    void ask(AdminOptions options) {
        if (watch && !json) {
            draw(options);
        } else {
            super.ask(options);
        }
    }

    @Override
    void run(BlockingAdminClient client) {
        if (json) {
            again(() -> print(client.sendRaw(AdminRequest.cluster())));
        } else {
            print(StatusText.of(client.cluster(), client.nodes()));
        }
    }

    private void draw(AdminOptions options) {
        try (ClusterWatcher watcher = new ClusterWatcher(options)) {
            if (isTerminal) {
                out().print(CLEAR);
            }
            again(() -> draw(watcher.look()));
        }
    }

    /** Each line is drawn over, and nothing of the terminal is set: there is nothing to undo however it ends. */
    private void draw(WatchPicture picture) {
        TerminalSize size = isTerminal ? TerminalSize.now() : TerminalSize.USUAL;
        List<String> lines = WatchView.lines(picture, size, ZoneId.systemDefault());
        PrintWriter out = out();
        if (isTerminal) {
            out.print(HOME + String.join(TO_END_OF_LINE + "\r\n", lines) + TO_END_OF_LINE + TO_END_OF_SCREEN);
        } else {
            out.print(String.join("\n", lines) + "\n\n");
        }
        out.flush();
    }

    /** Until it was done so often, or nobody reads what is printed. */
    private void again(Runnable look) {
        int looks = watch ? count : 1;
        for (int done = 1; ; done++) {
            look.run();
            if (done == looks || out().checkError() || !pause()) {
                return;
            }
        }
    }

    private boolean pause() {
        try {
            TimeUnit.SECONDS.sleep(everySeconds);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
