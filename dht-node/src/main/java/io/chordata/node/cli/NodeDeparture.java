package io.chordata.node.cli;

import io.chordata.client.admin.AdminException;
import io.chordata.client.admin.AdminRequest;
import io.chordata.client.admin.BlockingAdminClient;
import io.chordata.client.admin.NodeState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands have in common that make a node leave: which node, where to ask, and the wait until it is done. */
final class NodeDeparture {
    static final Set<String> DRAINED = Set.of("drained");
    static final Set<String> GONE = Set.of("decommissioned");
    private static final long LOOK_MILLIS = 1_000;
    private static final int FAILURES_MAX = 30;

    @Parameters(
            index = "0",
            paramLabel = "NODE",
            description = "The node: its id, or its name if no other has the same.")
    private String node = "";

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = "Admin address of any node that stays (CHORDATA_ADMIN; 127.0.0.1:9001).")
    private @Nullable String admin;

    @Option(names = "--no-wait", description = "Do not wait until it is done.")
    private boolean isNotWaitedFor;

    @Option(names = "--json", description = "Print one JSON object in the end, and no progress.")
    private boolean json;

    /**
     * Asks, and waits.
     *
     * @param order what to ask for, by the node's id
     * @param until the states in which it is done; empty to wait for nothing
     */
    int run(Terminal terminal, Function<String, AdminRequest<NodeState>> order, Set<String> until) {
        try (BlockingAdminClient client = AdminAccess.open(admin, terminal)) {
            String id = find(client).getString("id");
            JsonObject answer = new JsonObject(client.sendRaw(order.apply(id)));
            JsonObject last = isNotWaitedFor || until.isEmpty() || until.contains(answer.getString("state"))
                    ? answer
                    : await(client, id, until, terminal);
            terminal.out().println(json ? last.encode() : "node " + id + " is " + last.getString("state"));
            terminal.out().flush();
            return ExitCode.OK.number();
        }
    }

    private JsonObject find(BlockingAdminClient client) {
        List<JsonObject> found = nodes(client).stream()
                .filter(candidate -> node.equals(candidate.getString("id")) || node.equals(candidate.getString("name")))
                .filter(candidate -> node.equals(candidate.getString("id"))
                        || !"decommissioned".equals(candidate.getString("state")))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw new CommandFailedException(
                ExitCode.USAGE,
                found.isEmpty()
                        ? "there is no node '" + node + "'"
                        : found.size() + " nodes are called '" + node + "': give the id of one");
    }

    private static List<JsonObject> nodes(BlockingAdminClient client) {
        return new JsonArray(client.sendRaw(AdminRequest.nodes()))
                .stream().map(JsonObject.class::cast).toList();
    }

    private JsonObject await(BlockingAdminClient client, String id, Set<String> until, Terminal terminal) {
        String shown = "";
        int failures = 0;
        while (true) {
            pause();
            try {
                JsonObject now = nodes(client).stream()
                        .filter(candidate -> id.equals(candidate.getString("id")))
                        .findFirst()
                        .orElseThrow(
                                () -> new CommandFailedException(ExitCode.NOT_DONE, "node " + id + " is unknown now"));
                failures = 0;
                if (until.contains(now.getString("state"))) {
                    return now;
                }
                shown = show(terminal, now, shown);
            } catch (AdminException e) {
                if (e.kind() != AdminException.Kind.UNREACHABLE || ++failures == FAILURES_MAX) {
                    throw e;
                }
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(ExitCode.INTERNAL_ERROR, "interrupted; the node goes on");
        }
    }

    private String show(Terminal terminal, JsonObject now, String shown) {
        String text = now.getString("name") + " is " + now.getString("state") + ": " + now.getValue("partitions")
                + " partitions and " + now.getValue("blocks") + " blocks left";
        if (!json && !text.equals(shown)) {
            terminal.err().println(text);
            terminal.err().flush();
        }
        return text;
    }
}
