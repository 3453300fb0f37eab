package io.chordata.node.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataProcess;
import io.chordata.node.process.ChordataServer;
import io.chordata.node.process.Command;
import io.chordata.node.process.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs what README.md tells people to paste, line by line as it stands there, but for the port. */
@RequiresProgram(
        value = {
            "/bin/bash",
            "/usr/bin/aws",
            "/usr/bin/rclone",
            "/usr/bin/s3cmd",
            "/usr/bin/curl",
            "/usr/bin/python3",
            "/usr/lib/python3/dist-packages/boto3/session.py"
        },
        debian = "awscli rclone s3cmd curl python3-boto3")
class ReadmeIT {
    @RegisterExtension
    static final ChordataServer SERVER = new ChordataServer();

    private static final Pattern EXAMPLE = Pattern.compile("### (.+)\n\n```(sh|python|java)\n((?s:.*?))```");

    @TempDir
    Path folder = Path.of("set by JUnit");

    /** A block of code under its heading. */
    private record Example(String client, String language, String code) {
        @Override
        public String toString() {
            return client;
        }
    }

    static List<Example> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(ChordataProcess.target().resolve("../../README.md")))
                .results()
                .map(result -> new Example(result.group(1), result.group(2), result.group(3)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void example_pastedAsItStands_doesWhatItSays(Example example) throws IOException {
        String code = example.code()
                .replace("127.0.0.1:9000", SERVER.process().endpoint().getAuthority());
        assertThat(code).isNotEqualTo(example.code());
        String output =
                command(example.language(), code).with(ClientEnvironment.aws()).run();
        if (example.code().contains("hello.txt")) {
            assertThat(output).contains("hello");
        }
    }

    @Test
    void readme_asItStands_showsEveryClient() throws IOException {
        assertThat(examples())
                .extracting(Example::client)
                .containsExactly("AWS CLI", "rclone", "s3cmd", "curl", "boto3", "Java");
    }

    private Command command(String language, String code) throws IOException {
        return switch (language) {
            case "sh" -> Command.of("/bin/bash", "-euc", "cd '" + folder + "'\n" + code);
            case "python" -> Command.of("/usr/bin/python3", "-c", code);
            default -> {
                Path source = Files.writeString(folder.resolve("Hello.java"), code);
                String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
                yield Command.of(ChordataProcess.javaProgram(), "-cp", classes, source.toString());
            }
        };
    }
}
