package io.chordata.node.partition;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A port of which one method is replaced. */
final class Intercepted {
    private Intercepted() {}

    /** What happens instead of the method. */
    interface Call {
        @Nullable
        Object make(Object[] arguments);
    }

    static <T> T method(Class<T> port, T real, String method, Call instead) {
        InvocationHandler handler = (proxy, called, arguments) -> {
            if (called.getName().equals(method)) {
                return instead.make(arguments);
            }
            try {
                return called.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }
}
