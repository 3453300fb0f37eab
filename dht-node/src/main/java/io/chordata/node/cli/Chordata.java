package io.chordata.node.cli;

import io.chordata.client.admin.AdminException;
import io.chordata.client.bench.BenchCommand;
import io.chordata.client.cli.BucketCommand;
import io.chordata.client.cli.CatCommand;
import io.chordata.client.cli.CopyCommand;
import io.chordata.client.cli.ExitCodes;
import io.chordata.client.cli.GetCommand;
import io.chordata.client.cli.ListCommand;
import io.chordata.client.cli.LocateCommand;
import io.chordata.client.cli.LookupCommand;
import io.chordata.client.cli.MoveCommand;
import io.chordata.client.cli.OutputException;
import io.chordata.client.cli.PresignCommand;
import io.chordata.client.cli.PutCommand;
import io.chordata.client.cli.RemoveCommand;
import io.chordata.client.cli.RingCommand;
import io.chordata.client.cli.StatCommand;
import io.chordata.client.cli.StatusCommand;
import io.chordata.client.cli.SyncCommand;
import io.chordata.node.config.ConfigException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The program as one command with subcommands; reads words and gives an exit code. */
final class Chordata {
    private static final String COMPLETION = "generate-completion";

    private final Terminal terminal;
    private final Lifecycle lifecycle;

    /** @param lifecycle tells a running node when to stop */
    Chordata(Terminal terminal, Lifecycle lifecycle) {
        this.terminal = terminal;
        this.lifecycle = lifecycle;
    }

    @Command(
            name = "chordata",
            description = "An S3-compatible object store that organises itself.",
            mixinStandardHelpOptions = true,
            versionProvider = ProgramVersion.class,
            synopsisSubcommandLabel = "COMMAND",
            footer = {
                "",
                "Examples:",
                "  chordata demo",
                "  CHORDATA_ACCESS_KEY=admin CHORDATA_SECRET_KEY_FILE=/etc/chordata/secret \\",
                "    chordata node --data /var/lib/chordata --init",
                "  source <(chordata generate-completion)"
            })
    private static final class Root {}

    /** Prints the version that the build put into the jar. */
    static final class ProgramVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"chordata " + NodeVersion.text()};
        }
    }

    int run(String... words) {
        CommandLine root = root(words);
        return words.length == 0 ? usage(root) : requireWritten(root.execute(words));
    }

    /** What was printed and is lost was not done. Whether it is a failure that nobody reads it is for commands to say. */
    private int requireWritten(int exitCode) {
        if (exitCode != ExitCode.OK.number() || !terminal.out().checkError()) {
            return exitCode;
        }
        OutputException failure = OutputException.of(terminal.out());
        return failure.isClosed() ? exitCode : complain(ExitCode.NOT_DONE, String.valueOf(failure.getMessage()));
    }

    /** What these words are parsed with. */
    CommandLine root(String... words) {
        CommandLine root = new CommandLine(new Root());
        Map<String, Supplier<CommandLine>> commands = commands(words);
        Supplier<CommandLine> asked = words.length == 0 ? null : commands.get(words[0]);
        (asked == null ? commands.values() : List.of(asked)).forEach(command -> root.addSubcommand(command.get()));
        // a word that begins with @ is a name like any other, not a file of words
        root.setExpandAtFiles(false)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setParameterExceptionHandler(this::refuse)
                .setExecutionExceptionHandler((failure, command, parsed) -> fail(failure));
        addExitCodes(root);
        return root;
    }

    /** By name. To make them takes a noticeable part of the start of a node, so only the one that is asked for is made. */
    private Map<String, Supplier<CommandLine>> commands(String... words) {
        Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> command(new DemoCommand(terminal, lifecycle), words));
        commands.put("node", () -> command(new NodeCommand(terminal, lifecycle), words));
        commands.put("config", () -> command(new ConfigCommand(terminal), words));
        commands.put("init", () -> new CommandLine(new InitCommand(terminal)));
        commands.put("drain", () -> new CommandLine(new DrainCommand(terminal)));
        commands.put("decommission", () -> new CommandLine(new DecommissionCommand(terminal)));
        commands.put("recover", () -> new CommandLine(new RecoverCommand(terminal)));
        commands.put("keys", () -> new CommandLine(new KeysCommand(terminal)));
        commands.put("certs", () -> new CommandLine(new CertsCommand(terminal)));
        commands.put("status", () -> new CommandLine(new StatusCommand(terminal.environment(), Tty.isOutput())));
        commands.put("ring", () -> new CommandLine(new RingCommand(terminal.environment())));
        commands.put("lookup", () -> new CommandLine(new LookupCommand(terminal.environment())));
        commands.put("locate", () -> new CommandLine(new LocateCommand(terminal.environment())));
        addObjectCommands(commands);
        commands.put("bench", () -> new CommandLine(new BenchCommand(terminal.environment())));
        commands.put("completion", () -> new CommandLine(new AutoComplete.GenerateCompletion()));
        return commands;
    }

    private void addObjectCommands(Map<String, Supplier<CommandLine>> commands) {
        Map<String, String> environment = terminal.environment();
        commands.put("ls", () -> new CommandLine(new ListCommand(environment)));
        commands.put("stat", () -> new CommandLine(new StatCommand(environment)));
        commands.put("cat", () -> new CommandLine(new CatCommand(environment, terminal.bytes())));
        commands.put("put", () -> new CommandLine(new PutCommand(environment, Tty.isError(), System.in)));
        commands.put("get", () -> new CommandLine(new GetCommand(environment, Tty.isError())));
        commands.put("cp", () -> new CommandLine(new CopyCommand(environment, Tty.isError(), System.in)));
        commands.put("mv", () -> new CommandLine(new MoveCommand(environment, Tty.isError())));
        commands.put("sync", () -> new CommandLine(new SyncCommand(environment, Tty.isError())));
        commands.put("rm", () -> new CommandLine(new RemoveCommand(environment)));
        commands.put("mb", () -> new CommandLine(new BucketCommand.Make(environment)));
        commands.put("rb", () -> new CommandLine(new BucketCommand.Remove(environment)));
        commands.put("presign", () -> new CommandLine(new PresignCommand(environment)));
    }

    /** Only commands that may need their flags get them. */
    private static CommandLine command(Object command, String... words) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(command);
        List<String> asked = List.of(words);
        if (asked.contains(COMPLETION)) {
            OptionFlags.addAll(spec);
        } else if (asked.contains(spec.name())) {
            OptionFlags.addNamed(spec, asked);
        }
        return new CommandLine(spec);
    }

    private static void addExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(command.getCommand() instanceof ExitCodes own ? own.exitCodes() : ExitCode.table())
                .width(100);
        command.getSubcommands().values().forEach(Chordata::addExitCodes);
    }

    private int usage(CommandLine root) {
        root.usage(terminal.err());
        return ExitCode.USAGE.number();
    }

    private int refuse(ParameterException refusal, String[] words) {
        terminal.err().println("chordata: " + refusal.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(refusal, terminal.err());
        terminal.err()
                .println("Try '" + refusal.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE.number();
    }

    private int fail(Exception failure) {
        if (failure instanceof ConfigException) {
            return complain(ExitCode.USAGE, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof CommandFailedException failed) {
            return complain(failed.exitCode(), String.valueOf(failed.getMessage()));
        }
        if (failure instanceof AdminException refusal) {
            return complain(ExitCode.NOT_DONE, refusal.getMessage() + hint(refusal.kind()));
        }
        failure.printStackTrace(terminal.err());
        return complain(ExitCode.INTERNAL_ERROR, "unexpected error, please report it with the lines above");
    }

    private static String hint(AdminException.Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> "; --admin names another node";
            case NOT_SIGNED_IN -> "; the keys are CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY";
            default -> "";
        };
    }

    private int complain(ExitCode exitCode, String message) {
        terminal.err().println("chordata: " + message);
        return exitCode.number();
    }
}
