package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.rpc.RandomFrames;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a whole node does with frames of its own cluster that make no sense: every service of it hears them. */
class InternalFramesTest {
    private static final int FRAMES = 20_000;
    private static final long SEED = Long.getLong("chordata.seed", System.nanoTime());
    private static final NodeId MAD = new NodeId(new Uint128(77, 77));

    @TempDir
    private Path data;

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    private final class Errors extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
                errors.add(event.getLoggerName() + " " + event.getFormattedMessage());
            }
        }
    }

    @Test
    void frames_atRandom_changeNothingAtANode() {
        Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
        Errors appender = new Errors();
        appender.start();
        root.addAppender(appender);
        try (LoneNode node = LoneNode.start(data)) {
            node.s3("PUT", "/frames", "");
            node.put("frames", "before", "it");
            JsonObject cluster = new JsonObject(node.get("/v1/cluster").body());
            JsonObject self = new JsonArray(node.get("/v1/nodes").body()).getJsonObject(0);
            URI internal = URI.create("tcp://" + self.getString("internal"));

            RandomFrames.send(
                    new NodeAddress(internal.getHost(), internal.getPort()),
                    ClusterId.parse(cluster.getString("clusterId")),
                    MAD,
                    ClusterSecret.of(LoneNode.CLUSTER_SECRET),
                    new Random(SEED),
                    FRAMES);

            node.s3("GET", "/frames/before", "");
            node.put("frames", "after", "it");
            assertThat(new JsonObject(node.get("/v1/cluster").body()))
                    .as("seed %d", SEED)
                    .isEqualTo(cluster);
        } finally {
            root.detachAppender(appender);
        }
        assertThat(errors).as("seed %d", SEED).isEmpty();
    }
}
