package io.chordata.node.cli;

import io.chordata.client.admin.AdminRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes a node from the cluster for ever. */
@Command(
        name = "decommission",
        description = {
            "Removes a node for ever: it gives its partitions away, and ends when nothing is left on it.",
            "One that is down and will not come back is replaced at once. Its id is refused from then on."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The keys are CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY. To interrupt it interrupts the wait only.",
            "",
            "Examples:",
            "  chordata decommission node-3 --admin 10.0.0.1:9001"
        })
final class DecommissionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final NodeDeparture node = new NodeDeparture();

    DecommissionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return node.run(terminal, AdminRequest::decommission, NodeDeparture.GONE);
    }
}
