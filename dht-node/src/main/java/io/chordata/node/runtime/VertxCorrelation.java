package io.chordata.node.runtime;

import io.chordata.node.core.Correlation;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;
import java.util.function.Supplier;

/**
 * The id as a local of Vert.x contexts: that of a request is a duplicate of a loop's own, and what is awaited there continues there.
 * {@link VertxLoops} takes it along to other loops. A provider of Vert.x, as locals have to be known before an instance is made.
 */
public final class VertxCorrelation implements Correlation, VertxServiceProvider {
    private static final ContextLocal<Long> REQUEST = ContextLocal.registerLocal(Long.class);

    @Override
    public void init(VertxBootstrap builder) {
        // This class being here has registered the local.
    }

    @Override
    public long current() {
        ContextInternal context = ContextInternal.current();
        return context == null ? NONE : of(context);
    }

    @Override
    public void begin(long request) {
        ContextInternal context = ContextInternal.current();
        if (context != null && context.isDuplicate()) {
            REQUEST.put(context, request);
        }
    }

    @Override
    public <T> T within(long request, Supplier<T> call) {
        ContextInternal context = ContextInternal.current();
        if (context == null || of(context) == request) {
            return call.get();
        }
        ContextInternal own = request == NONE ? context.unwrap() : carrying(context.unwrap(), request);
        ContextInternal before = own.beginDispatch();
        try {
            return call.get();
        } finally {
            own.endDispatch(before);
        }
    }

    /** The context to run something on for whom the caller works: {@code loop} itself, unless it has to be told. */
    static ContextInternal along(ContextInternal loop) {
        ContextInternal caller = ContextInternal.current();
        long request = caller == null || isCarrying(loop) ? NONE : of(caller);
        return request == NONE ? loop : carrying(loop, request);
    }

    static boolean isCarrying(ContextInternal context) {
        return of(context) != NONE;
    }

    private static ContextInternal carrying(ContextInternal loop, long request) {
        ContextInternal own = loop.duplicate();
        REQUEST.put(own, request);
        return own;
    }

    private static long of(ContextInternal context) {
        Long request = REQUEST.get(context);
        return request == null ? NONE : request;
    }
}
