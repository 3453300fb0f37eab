package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writers that race each other, and one that leaves in the middle. */
class RacesIT {
    @RegisterExtension
    static final ChordataServer SERVER = new ChordataServer();

    private static final int RACERS = 20;
    private static final int RACES = 200;

    private final SignedHttp http = new SignedHttp(SERVER.process());

    @BeforeEach
    void makeBucket() throws IOException {
        http.makeBucket("races");
    }

    @Test
    void putsIfNoneMatch_racingForOneKey_haveOneWinner() {
        List<Integer> expected = new ArrayList<>(Collections.nCopies(RACERS - 1, 412));
        expected.add(0, 200);
        for (int race = 0; race < RACES; race++) {
            assertThat(race("key-" + race)).as("race " + race).isEqualTo(expected);
        }
        Figures.note("If-None-Match: " + RACES + " races of " + RACERS + " puts, each one 200 and nineteen 412");
    }

    private List<Integer> race(String key) {
        HttpClient client = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int racer = 0; racer < RACERS; racer++) {
            answers.add(client.sendAsync(
                    http.request("PUT", SignedHttp.path("races", key), "")
                            .header("If-None-Match", "*")
                            .PUT(BodyPublishers.ofString("racer " + racer))
                            .build(),
                    BodyHandlers.ofString()));
        }
        return answers.stream()
                .map(answer -> answer.join().statusCode())
                .sorted()
                .toList();
    }

    @Test
    void client_leavingInMidUpload_leavesNothingVisible() throws IOException {
        List<Integer> sizes = List.of(1_000, 100_000, 3_000_000);
        for (int size : sizes) {
            sendHalf("half-" + size, size);
        }
        for (int size : sizes) {
            assertThat(http.get("races", "half-" + size).statusCode()).isEqualTo(404);
        }
        String listing = http.send(
                        http.request("GET", "/races", "list-type=2&prefix=half-")
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertThat(listing).contains("<KeyCount>0</KeyCount>");
    }

    private void sendHalf(String key, int size) throws IOException {
        URI endpoint = SERVER.process().endpoint();
        String head = "PUT " + http.presigned("PUT", SignedHttp.path("races", key), "") + " HTTP/1.1\r\nHost: "
                + endpoint.getAuthority() + "\r\nContent-Length: " + size + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[size / 2]);
            out.flush();
        }
    }
}
