package io.chordata.node.clients;

import io.chordata.node.process.Command;
import io.chordata.node.process.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A client as it is installed here.
 *
 * @param path absolute
 * @param version what it says of itself, in one line
 */
record ClientProgram(Path path, String version) {
    private static final Path DEBIAN = Path.of("/usr/bin");

    /**
     * Debian's own first, then each further one on the PATH that says another version.
     *
     * @param versionArguments what makes it print its version; one that fails is not a client
     */
    static List<ClientProgram> generations(String name, String... versionArguments) {
        Map<String, ClientProgram> byVersion = new LinkedHashMap<>();
        for (Path path : installed(name)) {
            Command.Result result = Command.of(words(path, versionArguments)).runToEnd();
            if (result.exitCode() == 0) {
                String version =
                        (result.output() + result.errors()).lines().findFirst().orElse("");
                byVersion.putIfAbsent(version, new ClientProgram(path, version));
            }
        }
        byVersion.values().forEach(program -> Figures.note("client " + program));
        return new ArrayList<>(byVersion.values());
    }

    Command command(String... arguments) {
        return Command.of(words(path, arguments));
    }

    @Override
    public String toString() {
        return path + " (" + version + ")";
    }

    private static List<Path> installed(String name) {
        String[] folders = System.getenv().getOrDefault("PATH", "").split(":");
        return Stream.concat(Stream.of(DEBIAN), Stream.of(folders).map(Path::of))
                .filter(Path::isAbsolute)
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .map(ClientProgram::inRealFolder)
                .distinct()
                .toList();
    }

    /** /bin is /usr/bin on Debian. The file itself may be a link that the program needs to be called by. */
    private static Path inRealFolder(Path program) {
        try {
            return program.resolveSibling("")
                    .toRealPath()
                    .resolve(program.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] words(Path program, String... arguments) {
        return Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                .toArray(String[]::new);
    }
}
