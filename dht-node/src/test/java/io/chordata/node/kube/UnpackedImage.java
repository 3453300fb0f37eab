package io.chordata.node.kube;

import io.chordata.node.process.ChordataProcess;
import io.chordata.node.process.Command;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The image, unpacked from the archive that the build writes.
 *
 * @param root what a container finds at {@code /}, before anything is mounted
 * @param entryPoint words before those of the container's {@code args}
 * @param environment before the container's own
 * @param user {@code UID:GID}
 */
record UnpackedImage(
        Path root, List<String> entryPoint, Map<String, String> environment, String user, List<Long> layerBytes) {
    private static final String TAR = "/usr/bin/tar";

    /** Written by {@code mvn -Pimage package}. */
    static Path archive() {
        return ChordataProcess.target().resolve("chordata-image.tar");
    }

    /** @param folder empty */
    static UnpackedImage in(Path folder) {
        try {
            Path parts = Files.createDirectory(folder.resolve("archive"));
            Path root = Files.createDirectory(folder.resolve("root"));
            Command.of(TAR, "-xf", archive().toString(), "-C", parts.toString()).run();
            JsonObject manifest = new JsonArray(Files.readString(parts.resolve("manifest.json"))).getJsonObject(0);
            List<String> layers = texts(manifest.getJsonArray("Layers"));
            for (String layer : layers) {
                Command.of(TAR, "-xzf", parts.resolve(layer).toString(), "-C", root.toString())
                        .run();
            }
            JsonObject config = new JsonObject(Files.readString(parts.resolve(manifest.getString("Config"))))
                    .getJsonObject("config");
            return new UnpackedImage(
                    root,
                    texts(config.getJsonArray("Entrypoint")),
                    environment(texts(config.getJsonArray("Env"))),
                    config.getString("User"),
                    layers.stream()
                            .map(layer -> parts.resolve(layer).toFile().length())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same image with another program in it: a jar that holds all it needs. */
    UnpackedImage withProgram(Path jar) {
        try {
            Path at = Path.of("/opt", jar.getFileName().toString());
            Files.copy(jar, root.resolve(at.toString().substring(1)));
            List<String> words = new ArrayList<>(entryPoint);
            words.set(words.indexOf("-cp") + 1, at.toString());
            return new UnpackedImage(root, words, environment, user, layerBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(Object::toString).toList();
    }

    private static Map<String, String> environment(List<String> variables) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : variables) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return environment;
    }
}
