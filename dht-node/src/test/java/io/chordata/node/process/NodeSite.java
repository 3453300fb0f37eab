package io.chordata.node.process;

import io.chordata.node.process.ChordataProcess.Launch;
import io.chordata.node.process.ChordataProcess.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A place for a node: its data directory and addresses stay the same over its starts. */
record NodeSite(Path data, Ports ports) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static NodeSite in(Path folder, String name) {
        return new NodeSite(folder.resolve(name), Ports.free());
    }

    Launch launch(List<NodeSite> seeds, String... arguments) {
        return launchWith(
                seeds.stream().map(seed -> seed.ports.internalAddress()).toList(), List.of(arguments));
    }

    Launch launchWith(List<String> seeds, List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--seeds", String.join(",", seeds)));
        return Launch.node(data, ports, all.toArray(String[]::new));
    }

    /** A field of the identity file, such as {@code cluster}. */
    String identity(String field) {
        try {
            return Files.readAllLines(data.resolve("identity")).stream()
                    .filter(line -> line.startsWith(field + " "))
                    .map(line -> line.substring(field.length() + 1))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> s3(String path) {
        URI uri = URI.create("http://" + ports.host() + ":" + ports.s3() + path);
        try {
            return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
