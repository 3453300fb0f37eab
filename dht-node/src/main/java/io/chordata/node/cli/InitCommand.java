package io.chordata.node.cli;

import io.chordata.client.admin.AdminException;
import io.chordata.client.admin.AdminRequest;
import io.chordata.client.admin.BlockingAdminClient;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has a node that waits found a cluster. */
@Command(
        name = "init",
        description = {
            "Has a node that waits for its cluster found one, and waits until it has.",
            "It founds once all its seeds have promised to let it. To ask it again changes nothing, and a node of a"
                    + " cluster that",
            "another founded says so. Ask the same node each time. The order ends with the node: ask again if it was"
                    + " restarted",
            "before it had founded."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The keys are CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY. To interrupt it interrupts the wait only.",
            "",
            "Examples:",
            "  chordata init",
            "  chordata init --admin 10.0.0.1:9001"
        })
final class InitCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 1_000;
    private static final String CLUSTER_ID = "clusterId";

    private final Terminal terminal;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = "Admin address of the node that is to found (CHORDATA_ADMIN; 127.0.0.1:9001).")
    private @Nullable String admin;

    @Option(names = "--no-wait", description = "Do not wait until it has.")
    private boolean isNotWaitedFor;

    @Option(names = "--json", description = "Print one JSON object in the end, and no progress.")
    private boolean json;

    private String shown = "";

    InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (BlockingAdminClient client = AdminAccess.open(admin, terminal)) {
            JsonObject last = ask(client);
            while (!isNotWaitedFor && !isDone(last)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                last = ask(client);
            }
            terminal.out().println(json ? last.encode() : words(last));
            terminal.out().flush();
            return ExitCode.OK.number();
        } catch (AdminException e) {
            throw withAdvice(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(ExitCode.INTERNAL_ERROR, "interrupted; the node goes on");
        }
    }

    private static RuntimeException withAdvice(AdminException failure) {
        return switch (failure.kind()) {
            case UNREACHABLE, UNKNOWN_OUTCOME ->
                new CommandFailedException(
                        ExitCode.NOT_DONE, failure.getMessage() + "; ask the same node again, --admin names it");
            default -> failure;
        };
    }

    private JsonObject ask(BlockingAdminClient client) {
        JsonObject answer = new JsonObject(client.sendRaw(AdminRequest.init()));
        String reason = answer.getString("reason", "");
        if (!json && !reason.isEmpty() && !reason.equals(shown)) {
            terminal.err().println("waiting: " + reason);
            terminal.err().flush();
            shown = reason;
        }
        return answer;
    }

    private static boolean isDone(JsonObject answer) {
        return answer.containsKey(CLUSTER_ID);
    }

    private static String words(JsonObject answer) {
        if (!isDone(answer)) {
            return "the node is told to found a cluster";
        }
        boolean isFounder = "founded".equals(answer.getString("state"));
        return "node " + answer.getString("node") + (isFounder ? " has founded cluster " : " is of cluster ")
                + answer.getString(CLUSTER_ID) + (isFounder ? "" : ", which another founded");
    }
}
