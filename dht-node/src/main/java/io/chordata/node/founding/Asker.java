package io.chordata.node.founding;

/** Who waits for an answer. */
public interface Asker {
    void answer(Answer answer);
}
