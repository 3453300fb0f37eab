package io.chordata.node.cli;

import io.chordata.client.admin.AdminRequest;
import io.chordata.client.admin.BlockingAdminClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has a partition go on whose majority is gone for ever. */
@Command(
        name = "recover",
        description = {
            "Has a partition go on from the copy that is the furthest of those left, when most nodes that kept it are"
                    + " gone for ever.",
            "Without --unsafe it tells what would be done, and what may be lost. Nodes named as gone must never come"
                    + " back:",
            "decommission them afterwards."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The keys are CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY.",
            "",
            "Examples:",
            "  chordata recover --partition 7 --gone 0123456789abcdef0123456789abcdef",
            "  chordata recover --partition 7 --gone 0123456789abcdef0123456789abcdef --unsafe"
        })
final class RecoverCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--partition", required = true, paramLabel = "N", description = "Its number, from 0.")
    private int partition;

    @Option(names = "--gone", paramLabel = "ID", description = "A node that never comes back; can be repeated.")
    private List<String> gone = List.of();

    @Option(names = "--unsafe", description = "Do it, though what nobody has who is left is lost.")
    private boolean isUnsafe;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = "Admin address of any node (CHORDATA_ADMIN; 127.0.0.1:9001).")
    private @Nullable String admin;

    @Option(names = "--json", description = "Print JSON as the node answers.")
    private boolean json;

    RecoverCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (BlockingAdminClient client = AdminAccess.open(admin, terminal)) {
            String answer = client.sendRaw(AdminRequest.recover(partition, gone, isUnsafe));
            terminal.out().println(json ? answer : text(new JsonObject(answer)));
            terminal.out().flush();
            return ExitCode.OK.number();
        }
    }

    private static String text(JsonObject answer) {
        StringBuilder text = new StringBuilder();
        for (Object each : answer.getJsonArray("copies", new JsonArray())) {
            text.append(copy((JsonObject) each)).append('\n');
        }
        for (Object silent : answer.getJsonArray("silent", new JsonArray())) {
            text.append("node ").append(silent).append(" does not answer\n");
        }
        String refusal = answer.getString("refusal");
        return text
                + (refusal == null
                        ? end(answer)
                        : "partition " + answer.getValue("partition") + " cannot be recovered: " + refusal);
    }

    private static String copy(JsonObject copy) {
        String unfit = copy.getString("unfit");
        return "node " + copy.getString("node") + " has it up to entry " + copy.getValue("index") + " of term "
                + copy.getValue("term") + " in generation " + copy.getString("generation")
                + (unfit == null ? "" : ", and " + unfit);
    }

    private static String end(JsonObject answer) {
        boolean isBegun = answer.getBoolean("begun", false);
        boolean mayLose = answer.getBoolean("mayLose", true);
        return "partition " + answer.getValue("partition") + (isBegun ? " goes on" : " would go on") + " from node "
                + answer.getString("survivor") + " in generation " + answer.getString("generation")
                + (mayLose
                        ? "; what was acknowledged and is on no node that is left is lost"
                        : "; nothing that was acknowledged is lost")
                + (isBegun ? "" : "; --unsafe does it");
    }
}
