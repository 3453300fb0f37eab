package io.chordata.node.kube;

import io.chordata.node.process.Command;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is mounted into pods: claims that outlive them, folders that do not, secrets. Belongs to the pod's group, as with {@code
 * fsGroup}.
 */
final class PodFiles {
    /** Names and certificates, which others are shown. */
    private static final Set<String> OPEN = Set.of("access-key", "tls.crt", "ca.crt");

    private static final int CONFIDENTIAL_MIN = 16;
    private static final String PEM = "-----";
    private static final String FOLDER_MODE = "2770";

    private final Path folder;
    private final Map<String, Map<String, String>> secrets = new HashMap<>();
    private final String resolver;
    private int pods;

    /** @param nameServer that pods ask */
    PodFiles(Path folder, String nameServer) {
        this.folder = folder;
        this.resolver = "nameserver " + nameServer + "\nsearch " + NodePod.NAMESPACE
                + ".svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n";
    }

    synchronized void addSecret(String name, Map<String, String> data) {
        secrets.put(name, data);
    }

    /** What of all secrets nobody may tell, in such pieces as could stand in a line. */
    synchronized List<String> confidential() {
        return secrets.values().stream()
                .flatMap(data -> data.entrySet().stream())
                .filter(entry -> !OPEN.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().lines())
                .filter(line -> line.length() >= CONFIDENTIAL_MIN && !line.startsWith(PEM))
                .toList();
    }

    /** The volume behind a claim; it is made when a pod first mounts it. */
    Path claim(String name) {
        return folder.resolve("claims").resolve(name);
    }

    /**
     * All of a pod that is about to start: the same claims as ever, everything else anew.
     *
     * @param claims that the pod's set makes for it: claim by name of the volume
     */
    synchronized List<Sandbox.Mount> mounts(String pod, PodSpec spec, Container container, Map<String, String> claims) {
        pods++;
        try {
            Path own = Files.createDirectories(folder.resolve("pods").resolve(pods + "-" + pod));
            List<Sandbox.Mount> mounts = new ArrayList<>();
            for (VolumeMount mount : container.getVolumeMounts()) {
                mounts.add(new Sandbox.Mount(
                        source(mount.getName(), own, spec, claims),
                        mount.getMountPath(),
                        Boolean.TRUE.equals(mount.getReadOnly())));
            }
            mounts.add(new Sandbox.Mount(
                    Files.writeString(own.resolve("resolv.conf"), resolver), "/etc/resolv.conf", true));
            mounts.add(new Sandbox.Mount(
                    Files.writeString(own.resolve("hosts"), "127.0.0.1 localhost\n"), "/etc/hosts", true));
            return mounts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path source(String name, Path own, PodSpec spec, Map<String, String> claims) throws IOException {
        String claim = claims.get(name);
        if (claim != null) {
            return shared(claim(claim), spec);
        }
        Volume volume = spec.getVolumes().stream()
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the pod has no volume " + name));
        if (volume.getPersistentVolumeClaim() != null) {
            return shared(claim(volume.getPersistentVolumeClaim().getClaimName()), spec);
        }
        Path made = shared(own.resolve(name), spec);
        if (volume.getSecret() != null) {
            for (Map.Entry<String, String> entry : content(volume.getSecret()).entrySet()) {
                Path file = Files.writeString(made.resolve(entry.getKey()), entry.getValue());
                give(file, spec, Integer.toOctalString(volume.getSecret().getDefaultMode()));
            }
        }
        return made;
    }

    /** By names of files: all of the secret, or what the volume picks of it. */
    private Map<String, String> content(SecretVolumeSource source) {
        Map<String, String> data = secrets.get(source.getSecretName());
        if (data == null) {
            throw new IllegalArgumentException("no secret " + source.getSecretName());
        }
        return source.getItems().isEmpty()
                ? data
                : source.getItems().stream()
                        .collect(Collectors.toMap(
                                KeyToPath::getPath, item -> Objects.requireNonNull(data.get(item.getKey()))));
    }

    private static Path shared(Path path, PodSpec spec) throws IOException {
        if (!Files.exists(path)) {
            give(Files.createDirectories(path), spec, FOLDER_MODE);
        }
        return path;
    }

    private static void give(Path path, PodSpec spec, String mode) {
        Command.of("/usr/bin/chgrp", "" + spec.getSecurityContext().getFsGroup(), path.toString())
                .run();
        Command.of("/usr/bin/chmod", mode, path.toString()).run();
    }
}
