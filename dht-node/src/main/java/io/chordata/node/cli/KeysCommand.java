package io.chordata.node.cli;

import io.chordata.client.admin.AdminRequest;
import io.chordata.client.admin.BlockingAdminClient;
import io.chordata.client.cli.OutputException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Makes, lists and deletes access keys, at any node. */
@Command(
        name = "keys",
        description = {"Makes, lists and deletes access keys of the cluster.", "Each of them may do everything."},
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "create|list|delete",
        footer = {
            "",
            "Signed by CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY, the root key or another.",
            "",
            "Examples:",
            "  chordata keys create --note backups",
            "  chordata keys list",
            "  chordata keys delete CKABCDEFGHIJKLMNOPQR"
        })
final class KeysCommand implements Runnable {
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            scope = ScopeType.INHERIT,
            description = "Admin address of any node (CHORDATA_ADMIN; 127.0.0.1:9001).")
    private @Nullable String admin;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print JSON as the node answers.")
    private boolean json;

    KeysCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "create, list or delete?");
    }

    @Command(description = "Makes a key and prints it with its secret, which is never shown again.")
    void create(
            @Option(names = "--note", defaultValue = "", paramLabel = "TEXT", description = "What it is for.")
                    String note) {
        String answer = send(AdminRequest.createKey(note));
        JsonObject key = new JsonObject(answer);
        print(
                answer,
                "export CHORDATA_ACCESS_KEY=" + key.getString("accessKey") + "\nexport CHORDATA_SECRET_KEY="
                        + key.getString("secretKey"));
        requireShown(key.getString("accessKey"));
    }

    /** Not even where nobody reads it: such a key is good for all, and nobody can use it. */
    private void requireShown(String accessKey) {
        if (terminal.out().checkError()) {
            throw new CommandFailedException(
                    ExitCode.NOT_DONE,
                    OutputException.of(terminal.out()).getMessage() + "; the key is made, and its secret is lost:"
                            + " 'chordata keys delete " + accessKey + "' deletes it");
        }
    }

    @Command(description = "Lists the keys with their notes and when they were made, without secrets.")
    void list() {
        String answer = send(AdminRequest.keys());
        StringBuilder lines = new StringBuilder();
        for (Object each : new JsonArray(answer)) {
            JsonObject key = (JsonObject) each;
            lines.append(lines.isEmpty() ? "" : "\n")
                    .append(key.getString("accessKey"))
                    .append("  ")
                    .append(Instant.ofEpochMilli(key.getLong("created")))
                    .append("  ")
                    .append(key.getString("note"));
        }
        print(answer, lines.toString());
    }

    @Command(description = "Deletes a key. Within 5 seconds no node takes it any more.")
    void delete(@Parameters(paramLabel = "KEY", description = "The access key.") String accessKey) {
        if (!accessKey.matches("[A-Z0-9]{1,64}")) {
            throw new CommandFailedException(ExitCode.USAGE, "'" + accessKey + "' is no access key of a cluster");
        }
        print(send(AdminRequest.deleteKey(accessKey)), accessKey + " is deleted");
    }

    private String send(AdminRequest<?> request) {
        try (BlockingAdminClient client = AdminAccess.open(admin, terminal)) {
            return client.sendRaw(request);
        }
    }

    private void print(String answer, String text) {
        String shown = json ? answer : text;
        if (!shown.isEmpty()) {
            terminal.out().println(shown);
            terminal.out().flush();
        }
    }
}
