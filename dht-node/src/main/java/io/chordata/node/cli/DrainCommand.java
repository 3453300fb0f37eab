package io.chordata.node.cli;

import io.chordata.client.admin.AdminRequest;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Drains a node. */
@Command(
        name = "drain",
        description = {
            "Makes a node give its partitions away, and waits until nothing is left on it.",
            "It runs on, and can be stopped then; --undo lets it take partitions again."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The keys are CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY. To interrupt it interrupts the wait only.",
            "",
            "Examples:",
            "  chordata drain node-3",
            "  chordata drain node-3 --undo"
        })
final class DrainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final NodeDeparture node = new NodeDeparture();

    @Option(names = "--undo", description = "The node is to stay after all.")
    private boolean isUndone;

    DrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return isUndone
                ? node.run(terminal, AdminRequest::undrain, Set.of())
                : node.run(terminal, AdminRequest::drain, NodeDeparture.DRAINED);
    }
}
