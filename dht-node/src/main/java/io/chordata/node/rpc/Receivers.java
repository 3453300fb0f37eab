package io.chordata.node.rpc;

import io.chordata.node.core.Peers.Receiver;
import io.chordata.node.core.Peers.Service;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Who serves what. From any thread. */
final class Receivers {
    private final AtomicReferenceArray<@Nullable Receiver> receivers =
            new AtomicReferenceArray<>(Service.values().length);

    void serve(Service service, Receiver receiver) {
        if (!receivers.compareAndSet(service.ordinal(), null, receiver)) {
            throw new IllegalStateException(service + " has a receiver");
        }
    }

    /** Null if nobody serves it here. */
    @Nullable
    Receiver of(Service service) {
        return receivers.get(service.ordinal());
    }

    /** Null if this release does not know the number. */
    static @Nullable Service numbered(int number) {
        for (Service service : Service.values()) {
            if (service.number() == number) {
                return service;
            }
        }
        return null;
    }
}
