package io.chordata.node.founding;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.Vote;
import org.jspecify.annotations.Nullable;

/**
 * Asks a seed what it is, and tells it of the asker's ballot, which is durable. If the vote is the asker's intent, this asks
 * for the seed's promise, too.
 *
 * @param number of the asker's ballot
 */
public record Question(long number, @Nullable Vote vote) {
    public Question {
        if (number < 0 || number == 0 && vote != null) {
            throw new IllegalArgumentException("ballot number " + number + " with vote " + vote);
        }
    }

    static Question with(Ballot ballot) {
        return new Question(ballot.number(), ballot.vote());
    }
}
