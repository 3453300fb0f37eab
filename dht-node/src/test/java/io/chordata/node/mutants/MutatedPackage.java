package io.chordata.node.mutants;

import com.google.protobuf.ByteString;
import io.vertx.core.Future;
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
import org.slf4j.Logger;

/** A package once more, its tests included, with one class compiled anew from a changed source. */
public final class MutatedPackage extends ClassLoader {
    private final Class<?> anyOfIt;
    private final Path classes;

    /** Another package whose classes are loaded anew, as its tests are to see the change; null for none. */
    private final @Nullable String along;

    private MutatedPackage(Class<?> anyOfIt, Path classes, @Nullable String along) {
        super(anyOfIt.getClassLoader());
        this.along = along;
        this.anyOfIt = anyOfIt;
        this.classes = classes;
    }

    /** Loaded the same way, but as it is. */
    public static MutatedPackage unchanged(Class<?> shipped, Path folder) {
        return unchanged(shipped, folder, null);
    }

    static MutatedPackage unchanged(Class<?> shipped, Path folder, @Nullable String along) {
        return new MutatedPackage(shipped, folder, along);
    }

    /**
     * @param shipped any class of the package that is not a test
     * @param folder empty, for the one class that is compiled
     */
    public static MutatedPackage of(Class<?> shipped, PlantedFault fault, Path folder) throws IOException {
        return of(shipped, fault, folder, null);
    }

    static MutatedPackage of(Class<?> shipped, PlantedFault fault, Path folder, @Nullable String along)
            throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path changed = folder.resolve(fault.type() + ".java");
        Path source = sourcesOf(shipped).resolve(fault.type() + ".java");
        Files.writeString(changed, fault.plantInto(Files.readString(source)));
        MutatedPackage mutated = new MutatedPackage(shipped, classes, along);
        mutated.compile(changed);
        return mutated;
    }

    private static Path sourcesOf(Class<?> shipped) {
        return Path.of(System.getProperty("basedir", ""))
                .resolve("src/main/java")
                .resolve(shipped.getPackageName().replace('.', '/'));
    }

    private void compile(Path source) throws IOException {
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

    /** Where the package, and what it stands on, was loaded from. */
    private String classPath() {
        return Stream.of(anyOfIt, ByteString.class, Nullable.class, Future.class, Logger.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            String of = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            if (!of.equals(anyOfIt.getPackageName()) && !of.equals(along)) {
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
