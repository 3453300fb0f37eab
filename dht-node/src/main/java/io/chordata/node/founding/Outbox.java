package io.chordata.node.founding;

import io.chordata.node.core.Ballot;

/** What the machine has done for it. None of these calls back into the machine before it returns. */
public interface Outbox {
    /**
     * Asks a seed; exactly one of {@link FoundingProcess#onAnswer} and {@link FoundingProcess#onSilence} must follow, within
     * {@link FoundingProcess#ANSWER_MILLIS} and a little.
     *
     * @param round to be handed back
     * @param seed its place in the list of seeds
     */
    void ask(long round, int seed, Question question);

    /** Saves the ballot; {@link FoundingProcess#onStored} must follow once it is durable. */
    void store(Ballot ballot);

    /** There is no decision yet, and why: for whoever looks. */
    void waiting(String reason);

    /** The same, for the log: once in a while. */
    void remind(String reason);

    /** The end; the machine asks and answers nothing any more. */
    void decide(Decision decision);
}
