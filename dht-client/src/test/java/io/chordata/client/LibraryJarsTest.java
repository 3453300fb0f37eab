package io.chordata.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an application takes in with the library, and what it must run on. */
class LibraryJarsTest {
    private static final long MAX_BYTES = 12L << 20;
    private static final long OURS_BYTES = 1L << 20;
    private static final int JAVA_17 = 61;
    private static final String FOR_NEWER = "META-INF/versions/";
    private static final Pattern FOR_TESTS_ONLY =
            Pattern.compile("(junit|assertj|byte-buddy|opentest4j|apiguardian|surefire).*");

    @Test
    void library_withItsDependencies_isSmall() throws IOException {
        Map<String, Long> shipped = new TreeMap<>();
        for (Path file : shippedJars()) {
            shipped.put(String.valueOf(file.getFileName()), Files.size(file));
        }

        assertThat(shipped.keySet()).anyMatch(name -> name.startsWith("vertx-core-"));
        assertThat(shipped.values().stream().mapToLong(Long::longValue).sum())
                .as("bytes of %s", shipped)
                .isLessThan(MAX_BYTES - OURS_BYTES);
    }

    @Test
    void classes_ofTheLibraryAndItsDependencies_loadOnJava17() throws IOException {
        try (InputStream ours = Objects.requireNonNull(
                ChordataClient.class.getResourceAsStream("ChordataClient.class"), "ChordataClient.class")) {
            assertThat(version(ours)).isEqualTo(JAVA_17);
        }
        for (Path file : shippedJars()) {
            try (JarFile jar = new JarFile(file.toFile())) {
                for (JarEntry entry : Collections.list(jar.entries())) {
                    if (entry.getName().endsWith(".class") && !entry.getName().startsWith(FOR_NEWER)) {
                        assertThat(version(jar.getInputStream(entry)))
                                .as("%s in %s", entry, file)
                                .isLessThanOrEqualTo(JAVA_17);
                    }
                }
            }
        }
    }

    /** The Java Virtual Machine Specification, 4.1: magic, minor and major version. */
    private static int version(InputStream classFile) throws IOException {
        byte[] head = classFile.readNBytes(8);
        return (head[6] & 0xff) << 8 | (head[7] & 0xff);
    }

    private List<Path> shippedJars() throws IOException {
        List<Path> files = new ArrayList<>();
        for (URL manifest : Collections.list(getClass().getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            URLConnection connection = manifest.openConnection();
            if (connection instanceof JarURLConnection jar) {
                Path file = Path.of(jar.getJarFile().getName());
                if (!FOR_TESTS_ONLY.matcher(String.valueOf(file.getFileName())).matches()) {
                    files.add(file);
                }
            }
        }
        return files;
    }
}
