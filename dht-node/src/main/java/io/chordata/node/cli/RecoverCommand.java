package io.chordata.node.cli;

import io.chordata.client.admin.AdminClient;
import io.chordata.client.admin.AdminException;
import io.chordata.client.admin.AdminRequest;
import io.chordata.client.admin.BlockingAdminClient;
import io.chordata.client.admin.Partition;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has partitions go on whose majority is gone for ever. */
@Command(
        name = "recover",
        description = {
            "Has partitions go on from the copy that is the furthest of those left, when most nodes that kept them are"
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
            "  chordata recover --gone 0123456789abcdef0123456789abcdef",
            "  chordata recover --gone 0123456789abcdef0123456789abcdef --partition 7,12 --unsafe"
        })
final class RecoverCommand implements Callable<Integer> {
    private static final int AT_A_TIME = 8;

    private final Terminal terminal;

    @Option(
            names = "--partition",
            split = ",",
            paramLabel = "N",
            description = "Their numbers, from 0; without it all that nobody serves.")
    private List<Integer> partitions = List.of();

    @Option(names = "--gone", split = ",", paramLabel = "ID", description = "Nodes that never come back.")
    private List<String> gone = List.of();

    @Option(names = "--unsafe", description = "Do it, though what nobody has who is left is lost.")
    private boolean isUnsafe;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = "Admin address of any node (CHORDATA_ADMIN; 127.0.0.1:9001).")
    private @Nullable String admin;

    @Option(names = "--json", description = "Print JSON as the node answers, a line for each partition.")
    private boolean json;

    RecoverCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (BlockingAdminClient client = AdminAccess.open(admin, terminal)) {
            List<Integer> wanted = partitions.isEmpty() ? unserved(client) : partitions;
            if (wanted.isEmpty()) {
                say(json ? "" : "every partition is served\n");
            }
            return (recover(client.async(), wanted) ? ExitCode.OK : ExitCode.NOT_DONE).number();
        }
    }

    private static List<Integer> unserved(BlockingAdminClient client) {
        return client.partitions().stream()
                .filter(partition -> partition.state() == Partition.State.UNAVAILABLE)
                .map(Partition::partition)
                .toList();
    }

    private record Asked(int partition, Future<String> answer) {}

    /**
     * Each waits for hosts that are gone, so several are asked at a time, and told in their order. One that is refused, such as
     * one that goes on by itself meanwhile, does not keep the others from it; after another failure no more are asked.
     */
    private boolean recover(AdminClient client, List<Integer> wanted) {
        Iterator<Integer> left = wanted.iterator();
        Deque<Asked> underWay = new ArrayDeque<>();
        List<AdminException> failures = new ArrayList<>();
        while (left.hasNext() || !underWay.isEmpty()) {
            while (left.hasNext() && underWay.size() < AT_A_TIME) {
                int partition = left.next();
                underWay.add(new Asked(partition, client.sendRaw(AdminRequest.recover(partition, gone, isUnsafe))));
            }
            tell(underWay.remove()).ifPresent(failures::add);
            if (failures.stream().anyMatch(RecoverCommand::isForAll)) {
                left = Collections.emptyIterator();
            }
        }
        failures.stream().filter(RecoverCommand::isForAll).findFirst().ifPresent(failure -> {
            throw failure;
        });
        return failures.isEmpty();
    }

    private static boolean isForAll(AdminException failure) {
        return failure.kind() != AdminException.Kind.REFUSED;
    }

    /** Waits for the answer; with why there is none. */
    private Optional<AdminException> tell(Asked asked) {
        try {
            String answer = asked.answer().await();
            say((json ? answer : text(new JsonObject(answer))) + '\n');
            return Optional.empty();
        } catch (AdminException e) {
            terminal.err().println("chordata: partition " + asked.partition() + ": " + e.getMessage());
            terminal.err().flush();
            return Optional.of(e);
        }
    }

    private void say(String text) {
        terminal.out().print(text);
        terminal.out().flush();
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
