package io.chordata.node.cli;

import io.chordata.node.config.OptionCatalogue;
import io.chordata.node.config.SettingsLoader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
     * @param until the states in which it is done; empty to wait for nothing
     */
    int run(Terminal terminal, String method, String what, Set<String> until) {
        AdminClient client = new AdminClient(SettingsLoader.load(
                admin == null ? Map.of() : Map.of(OptionCatalogue.ADMIN, admin), terminal.environment()));
        try {
            String id = find(client).getString("id");
            JsonObject answer = new JsonObject(client.send(method, "/v1/nodes/" + id + "/" + what));
            JsonObject last = isNotWaitedFor || until.isEmpty() || until.contains(answer.getString("state"))
                    ? answer
                    : await(client, id, until, terminal);
            terminal.out().println(json ? last.encode() : "node " + id + " is " + last.getString("state"));
            terminal.out().flush();
            return ExitCode.OK.number();
        } catch (IOException e) {
            throw notReached(client, e);
        }
    }

    private static CommandFailedException notReached(AdminClient client, IOException cause) {
        return new CommandFailedException(
                ExitCode.NOT_DONE, "no answer from " + client + " (" + cause + "); --admin names another node");
    }

    private JsonObject find(AdminClient client) throws IOException {
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

    private static List<JsonObject> nodes(AdminClient client) throws IOException {
        return new JsonArray(client.send("GET", "/v1/nodes"))
                .stream().map(JsonObject.class::cast).toList();
    }

    private JsonObject await(AdminClient client, String id, Set<String> until, Terminal terminal) throws IOException {
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
            } catch (IOException e) {
                if (++failures == FAILURES_MAX) {
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
