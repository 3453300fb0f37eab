package io.chordata.node.architecture.samples.impure.object;

import java.io.File;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Breaks: rules reach the world through ports. */
public record World(Thread thread, Random random, File file, Path path, Socket socket, Clock clock) {
    public int dice() {
        return ThreadLocalRandom.current().nextInt();
    }
}
