package io.chordata.client.cli;

import io.chordata.client.admin.AdminOptions;
import io.chordata.client.admin.BlockingAdminClient;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command that asks the admin port. It ends with 0, or throws {@link io.chordata.client.admin.AdminException}, or a
 * {@link ParameterException} where it was called wrongly. Where nobody reads what it prints, it says nothing of that.
 */
abstract class AdminCommand implements Callable<Integer> {
    private final Map<String, String> environment;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final AdminTarget target = new AdminTarget();

    AdminCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public final Integer call() {
        AdminOptions options;
        try {
            options = target.options(environment);
            check();
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
        ask(options);
        return 0;
    }

    void ask(AdminOptions options) {
        try (BlockingAdminClient client = BlockingAdminClient.open(options)) {
            run(client);
        }
    }

    /** Before anybody is asked; throws {@link IllegalArgumentException}. */
    void check() {}

    abstract void run(BlockingAdminClient client);

    PrintWriter out() {
        return command().commandLine().getOut();
    }

    void print(String text) {
        out().println(text.stripTrailing());
        out().flush();
    }

    ParameterException usage(String message) {
        return new ParameterException(command().commandLine(), message);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec, "run by picocli only");
    }
}
