package io.chordata.node.ring;

/** Told once how a lookup ended; possibly before the call that started it returns. */
public interface LookupListener {
    void onEnd(long nowMillis, LookupResult result);
}
