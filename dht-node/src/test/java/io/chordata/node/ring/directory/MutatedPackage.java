package io.chordata.node.ring.directory;

import com.google.protobuf.ByteString;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** This package once more, tests included, with one class compiled anew from a changed source. */
final class MutatedPackage extends ClassLoader {
    private static final String PACKAGE = MutatedPackage.class.getPackageName();
    private static final Path SOURCES =
            Path.of(System.getProperty("basedir", "")).resolve("src/main/java").resolve(PACKAGE.replace('.', '/'));

    private final Path classes;

    private MutatedPackage(Path classes) {
        super(MutatedPackage.class.getClassLoader());
        this.classes = classes;
    }

    /** Loaded the same way, but as it is. */
    static MutatedPackage unchanged(Path folder) {
        return new MutatedPackage(folder);
    }

    static MutatedPackage of(Mutant mutant, Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path changed = folder.resolve(mutant.type() + ".java");
        Files.writeString(changed, mutant.plantInto(Files.readString(SOURCES.resolve(mutant.type() + ".java"))));
        compile(changed, classes);
        return new MutatedPackage(classes);
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", classPath());
            Iterable<? extends JavaFileObject> sources = files.getJavaFileObjects(source);
            if (!compiler.getTask(messages, files, null, options, null, sources).call()) {
                throw new AssertionError("the mutant does not compile: " + messages);
            }
        }
    }

    /** Where this package, and what it stands on, was loaded from. */
    private static String classPath() {
        return Stream.of(Directory.class, ByteString.class, Nullable.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(PACKAGE + ".")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        Path changed = classes.resolve(path);
        try (InputStream bytes = Files.exists(changed)
                ? Files.newInputStream(changed)
                : getParent().getResourceAsStream(path)) {
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] code = bytes.readAllBytes();
            return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
