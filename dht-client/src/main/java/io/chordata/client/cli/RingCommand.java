package io.chordata.client.cli;

import io.chordata.client.admin.AdminRequest;
import io.chordata.client.admin.BlockingAdminClient;
import io.chordata.client.admin.Ring;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the ring. */
@Command(
        name = "ring",
        description = {
            "Prints who stands where on the ring: each position with the part of the ring that it answers for,",
            "and its neighbours. Of one node, its fingers, too."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  chordata ring",
            "  chordata ring --node node-3",
            "  chordata ring --json --admin 10.0.0.1:9001,10.0.0.2:9001"
        })
public final class RingCommand extends AdminCommand {
    @Option(names = "--node", paramLabel = "NODE", description = "One node's part only: its id, or its name.")
    private @Nullable String node;

    @Option(names = "--json", description = "Print the answer of /v1/ring.")
    private boolean json;

    public RingCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    void run(BlockingAdminClient client) {
        NodeNames names = json && node == null ? null : new NodeNames(client.nodes());
        AdminRequest<Ring> request = node == null || names == null ? AdminRequest.ring() : ofNode(names, node);
        if (names == null || json) {
            print(client.sendRaw(request));
        } else {
            print(RingText.of(client.send(request), names));
        }
    }

    private AdminRequest<Ring> ofNode(NodeNames names, String text) {
        try {
            return AdminRequest.ring(names.idOf(text));
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }
}
