package io.chordata.node.ring;

/** Whoever put a question: hears exactly one of the two. */
interface Asker {
    void onAnswer(long nowMillis, Answer answer);

    /** The node asked is dead, as far as one can tell. */
    void onSilence(long nowMillis);
}
