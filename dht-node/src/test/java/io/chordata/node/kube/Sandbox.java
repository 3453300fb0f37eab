package io.chordata.node.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Words that run a program as a container runtime would: in the image, which it cannot write, as a user without rights, and with
 * nothing of this machine but what is mounted. Needs root. The last of them becomes the program, so signals reach it.
 */
final class Sandbox {
    private static final List<String> DEVICES = List.of("null", "zero", "full", "random", "urandom");

    /**
     * @param from of this machine
     * @param at in the container
     */
    record Mount(Path from, String at, boolean isReadOnly) {}

    private final UnpackedImage image;
    private final List<Mount> mounts;

    Sandbox(UnpackedImage image, List<Mount> mounts) {
        this.image = image;
        this.mounts = List.copyOf(mounts);
    }

    List<String> words(List<String> program) {
        makeMountPoints();
        List<String> words = new ArrayList<>(List.of(
                "/usr/bin/unshare",
                "--mount",
                "--propagation",
                "private",
                "/bin/bash",
                "-c",
                script(),
                "sandbox",
                "/usr/bin/setpriv",
                "--no-new-privs",
                "/usr/sbin/chroot",
                "--userspec=" + image.user(),
                "--groups=" + image.user().substring(image.user().indexOf(':') + 1),
                image.root().toString()));
        words.addAll(image.entryPoint());
        words.addAll(program);
        return words;
    }

    private String script() {
        Path root = image.root();
        StringBuilder script = new StringBuilder("set -e\n");
        script.append("/usr/bin/mount --bind %1$s %1$s\n".formatted(root));
        script.append("/usr/bin/mount -t proc proc %s/proc\n".formatted(root));
        script.append("/usr/bin/mount -t tmpfs -o mode=755 tmpfs %s/dev\n".formatted(root));
        for (String device : DEVICES) {
            script.append("/usr/bin/touch %1$s/dev/%2$s\n/usr/bin/mount --bind /dev/%2$s %1$s/dev/%2$s\n"
                    .formatted(root, device));
        }
        for (Mount mount : mounts) {
            script.append("/usr/bin/mount --bind %s %s%s\n".formatted(mount.from(), root, mount.at()));
            if (mount.isReadOnly()) {
                script.append("/usr/bin/mount -o remount,bind,ro %s%s\n".formatted(root, mount.at()));
            }
        }
        script.append("/usr/bin/mount -o remount,bind,ro %s\nexec \"$@\"\n".formatted(root));
        return script.toString();
    }

    /** In the image, as a container runtime makes them. */
    private void makeMountPoints() {
        try {
            for (String folder : List.of("/proc", "/dev")) {
                Files.createDirectories(inImage(folder));
            }
            for (Mount mount : mounts) {
                if (Files.isDirectory(mount.from())) {
                    Files.createDirectories(inImage(mount.at()));
                } else if (!Files.exists(inImage(mount.at()))) {
                    Files.createDirectories(inImage(mount.at()).getParent());
                    Files.createFile(inImage(mount.at()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path inImage(String path) {
        return image.root().resolve(path.substring(1));
    }
}
