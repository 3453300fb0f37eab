package io.chordata.node.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataServer;
import io.chordata.node.process.RequiresProgram;
import io.chordata.node.process.TestBody;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** boto3 of each Python that has it; the steps are in {@code round_trip.py}. */
@RequiresProgram(value = "/usr/lib/python3/dist-packages/boto3/session.py", debian = "python3-boto3")
class Boto3IT {
    @RegisterExtension
    static final ChordataServer SERVER = new ChordataServer();

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    Path folder = Path.of("set by JUnit");

    static List<ClientProgram> generations() {
        return ClientProgram.generations(
                "python3", "-c", "import sys, boto3; print('boto3', boto3.__version__, 'on', sys.version)");
    }

    @ParameterizedTest
    @MethodSource("generations")
    void script_ofAllThatAClientDoes_meetsNoSurprise(ClientProgram python) throws URISyntaxException {
        ClientFiles files = new ClientFiles(folder);
        List<String> words = new ArrayList<>(List.of(
                script(), SERVER.process().endpoint().toString(), "boto3-" + BUCKETS.incrementAndGet(), "" + folder));
        for (long size : TestBody.everySize()) {
            files.toSend(new TestBody(size, 1));
            words.add(Long.toString(size));
        }
        String output = python.command(words.toArray(String[]::new))
                .with(ClientEnvironment.aws())
                .run();
        assertThat(output).isEqualTo("ok\n");
    }

    private static String script() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(Boto3IT.class.getResource("/round_trip.py"))
                        .toURI())
                .toString();
    }
}
