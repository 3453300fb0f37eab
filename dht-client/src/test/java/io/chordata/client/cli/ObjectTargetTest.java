package io.chordata.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.client.ChordataClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ObjectTargetTest {
    private static final String QUESTION = "/?chordata-routing";

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final HttpServer node =
            await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));

    @Command
    private static final class Holder {
        @Mixin
        private final ObjectTarget target = new ObjectTarget();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    /** As a node of a cluster that knows who holds what. */
    private void answer(HttpServerRequest request) {
        asked.add(request.uri());
        request.response()
                .putHeader("x-chordata-routing-version", "1")
                .setStatusCode(404)
                .end();
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private ChordataClient open(Map<String, String> more, String... words) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(words);
        Map<String, String> environment = new HashMap<>(more);
        environment.put("CHORDATA_ENDPOINT", "http://127.0.0.1:" + node.actualPort());
        environment.put("CHORDATA_ACCESS_KEY", "AKID");
        environment.put("CHORDATA_SECRET_KEY", "secret");
        return holder.target.open(environment, vertx, 2);
    }

    /** An answer says that there is a way to ask for, so that the next request would. */
    private void callTwice(ChordataClient client) {
        for (String key : List.of("a", "b")) {
            assertThatThrownBy(() -> await(client.headObject("bucket", key))).isInstanceOf(CompletionException.class);
        }
    }

    @Test
    void cluster_bySelf_isAskedForTheWay() throws InterruptedException {
        callTwice(open(Map.of()));
        for (String uri = asked.take(); !uri.startsWith(QUESTION); ) {
            uri = asked.poll(60, TimeUnit.SECONDS);
            assertThat(uri).as("the question for the way").isNotNull();
        }
    }

    @Test
    void routing_switchedOff_asksNobodyForTheWay() {
        callTwice(open(Map.of(), "--no-routing"));
        callTwice(open(Map.of("CHORDATA_ROUTING", "false")));
        assertThat(asked).hasSize(4).noneMatch(uri -> uri.startsWith(QUESTION));
    }

    @Test
    void routing_neitherOnNorOff_isRefused() {
        assertThatThrownBy(() -> open(Map.of("CHORDATA_ROUTING", "off")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("CHORDATA_ROUTING is off: it must be true or false");
    }
}
