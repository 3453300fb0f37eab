package io.chordata.node.kube;

import io.chordata.node.process.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Network namespaces for pods, joined by a bridge that this process reaches, too. Each has an address that none had before it.
 * Needs root and iproute2.
 */
final class PodNetwork implements AutoCloseable {
    private static final String IP = "/usr/sbin/ip";
    private static final String NFT = "/usr/sbin/nft";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int LAST = 254;

    private final String id = "chordata-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    private final String bridge = id + "-bridge";
    private final String link = "cd" + ProcessHandle.current().pid() + "x" + NUMBER.get();
    /** Of those set apart for tests of networks; another one for each process. */
    private final String prefix = "198.18." + ProcessHandle.current().pid() % LAST + ".";

    private final List<String> namespaces = new ArrayList<>();
    private final List<Place> cut = new ArrayList<>();
    private int given = 1;

    /** @param namespace to run programs in */
    record Place(String namespace, String address) {
        List<String> wrapper() {
            return List.of(IP, "netns", "exec", namespace);
        }
    }

    private PodNetwork() {}

    static PodNetwork create() {
        PodNetwork network = new PodNetwork();
        network.makeBridge();
        return network;
    }

    private void makeBridge() {
        addNamespace(bridge);
        ip("-n", bridge, "link", "add", "bridge", "type", "bridge");
        ip("-n", bridge, "link", "set", "bridge", "up");
        ip("link", "add", link, "type", "veth", "peer", "name", "test", "netns", bridge);
        ip("-n", bridge, "link", "set", "test", "master", "bridge", "up");
        ip("address", "add", own() + "/24", "dev", link);
        ip("link", "set", link, "up");
    }

    /** Of this process, as pods see it. */
    String own() {
        return prefix + 1;
    }

    synchronized Place join() {
        given++;
        if (given > LAST) {
            throw new IllegalStateException("no address is left that no pod had");
        }
        Place place = new Place(id + "-" + given, prefix + given);
        addNamespace(place.namespace());
        String port = "pod" + given;
        ip("-n", place.namespace(), "link", "set", "lo", "up");
        ip("-n", place.namespace(), "link", "add", "eth0", "type", "veth", "peer", "name", port, "netns", bridge);
        ip("-n", bridge, "link", "set", port, "master", "bridge", "up");
        ip("-n", place.namespace(), "address", "add", place.address() + "/24", "dev", "eth0");
        ip("-n", place.namespace(), "link", "set", "eth0", "up");
        return place;
    }

    /** Nothing runs there any more. */
    synchronized void leave(Place place) {
        ip("netns", "del", place.namespace());
        namespaces.remove(place.namespace());
        cut.remove(place);
    }

    private void addNamespace(String name) {
        ip("netns", "add", name);
        namespaces.add(name);
    }

    /** These reach each other and this process, and nobody else reaches them, until {@link #heal}. */
    synchronized void cut(List<Place> places) {
        String reachable = Stream.concat(Stream.of(own()), places.stream().map(Place::address))
                .collect(Collectors.joining(", "));
        for (Place place : places) {
            nft(place, """
                    table ip cut {
                        chain arriving {
                            type filter hook input priority 0; policy drop;
                            iif lo accept
                            ip saddr { %1$s } accept
                        }
                        chain leaving {
                            type filter hook output priority 0; policy drop;
                            oif lo accept
                            ip daddr { %1$s } accept
                        }
                    }
                    """.formatted(reachable));
            cut.add(place);
        }
    }

    synchronized void heal() {
        cut.forEach(place -> nft(place, "delete table ip cut"));
        cut.clear();
    }

    private static void nft(Place place, String rules) {
        List<String> words = new ArrayList<>(place.wrapper());
        words.addAll(List.of(NFT, rules));
        Command.of(words.toArray(String[]::new)).run();
    }

    private static void ip(String... arguments) {
        String[] words = new String[arguments.length + 1];
        words[0] = IP;
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        Command.of(words).run();
    }

    /** The links go with their namespaces. */
    @Override
    public synchronized void close() {
        List.copyOf(namespaces).forEach(name -> ip("netns", "del", name));
        namespaces.clear();
    }
}
