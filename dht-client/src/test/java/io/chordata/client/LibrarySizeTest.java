package io.chordata.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an application takes in with the library. */
class LibrarySizeTest {
    private static final long MAX_BYTES = 12L << 20;
    private static final long OURS_BYTES = 1L << 20;
    private static final Pattern FOR_TESTS_ONLY =
            Pattern.compile("(junit|assertj|byte-buddy|opentest4j|apiguardian|surefire).*");

    @Test
    void library_withItsDependencies_isSmall() throws IOException {
        Map<String, Long> shipped = new TreeMap<>();
        for (URL manifest : Collections.list(getClass().getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            URLConnection connection = manifest.openConnection();
            if (connection instanceof JarURLConnection jar) {
                Path file = Path.of(jar.getJarFile().getName());
                String name = file.getFileName().toString();
                if (!FOR_TESTS_ONLY.matcher(name).matches()) {
                    shipped.put(name, file.toFile().length());
                }
            }
        }

        assertThat(shipped.keySet()).anyMatch(name -> name.startsWith("vertx-core-"));
        assertThat(shipped.values().stream().mapToLong(Long::longValue).sum())
                .as("bytes of %s", shipped)
                .isLessThan(MAX_BYTES - OURS_BYTES);
    }
}
