package io.chordata.node.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A network of its own with nothing but a loopback device, whose addresses can be cut off from each other. */
final class Namespace implements AutoCloseable {
    private static final String IP = "/usr/sbin/ip";
    private static final String NFT = "/usr/sbin/nft";
    private static final String CURL = "/usr/bin/curl";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;

    private Namespace(String name) {
        this.name = name;
    }

    static Namespace create() {
        Namespace namespace =
                new Namespace("chordata-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
        run(IP, "netns", "add", namespace.name);
        run(IP, "-n", namespace.name, "link", "set", "lo", "up");
        return namespace;
    }

    /** What runs a program inside. */
    String[] wrapper() {
        return new String[] {IP, "netns", "exec", name};
    }

    /** Nothing from one side arrives at the other any more; who asks from elsewhere reaches both. */
    void cut(List<String> left, List<String> right) {
        String rules = """
                table inet cut {
                    chain arriving {
                        type filter hook input priority 0; policy accept;
                        ip saddr { %1$s } ip daddr { %2$s } drop
                        ip saddr { %2$s } ip daddr { %1$s } drop
                    }
                }
                """.formatted(String.join(", ", left), String.join(", ", right));
        try {
            Path file = Files.createTempFile(ChordataProcess.target(), "cut-", ".nft");
            Files.writeString(file, rules);
            inside(NFT, "-f", file.toString());
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void heal() {
        inside(NFT, "delete", "table", "inet", "cut");
    }

    /**
     * What is served at the address, asked for from that address itself.
     *
     * @throws IllegalStateException if it does not answer 200
     */
    String get(String host, String url) {
        Command.Result result = Command.of(
                        IP, "netns", "exec", name, CURL, "-sSf", "--max-time", "10", "--interface", host, url)
                .runToEnd();
        if (result.exitCode() != 0) {
            throw new IllegalStateException(url + ": " + result.errors());
        }
        return result.output();
    }

    /** Status line and headers of the answer; a PUT sends an empty body. */
    String head(String host, String method, String url) {
        List<String> words = new ArrayList<>(List.of(wrapper()));
        words.addAll(List.of(CURL, "-sS", "--max-time", "60", "--interface", host, "-o", "/dev/null", "-D", "-"));
        if (method.equals("PUT")) {
            words.addAll(List.of("-X", method, "-H", "Content-Type:", "--data-raw", ""));
        }
        words.add(url);
        return Command.of(words.toArray(String[]::new)).run();
    }

    private void inside(String... program) {
        String[] command = new String[4 + program.length];
        System.arraycopy(wrapper(), 0, command, 0, 4);
        System.arraycopy(program, 0, command, 4, program.length);
        run(command);
    }

    private static void run(String... command) {
        Command.of(command).run();
    }

    @Override
    public void close() {
        run(IP, "netns", "del", name);
    }

    @Override
    public String toString() {
        return name;
    }
}
