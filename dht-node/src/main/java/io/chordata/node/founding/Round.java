package io.chordata.node.founding;

import io.chordata.node.core.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One question to each seed, and what came back. */
final class Round {
    /** A list of seeds can be long, a line of a log should not be. */
    private static final int DESCRIBED_MAX = 8;

    private final long number;
    private final Question question;
    private final long beganMillis;
    private final List<String> seeds;
    private final @Nullable Reply[] replies;

    /** @param silence why no answer came; null if one did, or if the seed is the asker itself */
    private record Reply(
            @Nullable Answer answer,
            boolean isSelf,
            @Nullable String silence) {}

    Round(long number, Question question, long beganMillis, List<String> seeds) {
        this.number = number;
        this.question = question;
        this.beganMillis = beganMillis;
        this.seeds = seeds;
        this.replies = new Reply[seeds.size()];
    }

    long number() {
        return number;
    }

    Question question() {
        return question;
    }

    long beganMillis() {
        return beganMillis;
    }

    void onAnswer(int seed, Answer answer) {
        replies[seed] = new Reply(answer, false, null);
    }

    void onSilence(int seed, boolean isSelf, String why) {
        replies[seed] = new Reply(null, isSelf, isSelf ? null : why);
    }

    boolean isOver() {
        for (Reply reply : replies) {
            if (reply == null) {
                return false;
            }
        }
        return true;
    }

    /** Each cluster that a seed belongs to, once. */
    List<Membership> memberships() {
        List<Membership> memberships = new ArrayList<>();
        for (Reply reply : replies) {
            Membership membership = reply == null || reply.answer == null ? null : reply.answer.membership();
            if (membership != null && !memberships.contains(membership)) {
                memberships.add(membership);
            }
        }
        return memberships;
    }

    /** Whether every seed other than the asker answered, is without a cluster, and stands for nobody. */
    boolean isClean() {
        return allOthers(answer -> answer.membership() == null && answer.vote() == null);
    }

    /** Whether every seed other than the asker answered that it stands for the same. */
    boolean isPromised(Vote intent) {
        return allOthers(answer -> answer.vote() != null && answer.vote().agreesWith(intent));
    }

    private boolean allOthers(Predicate<Answer> test) {
        for (Reply reply : replies) {
            if (reply == null || !reply.isSelf && (reply.answer == null || !test.test(reply.answer))) {
                return false;
            }
        }
        return true;
    }

    /** Which seed is of which cluster. */
    String describeMembers() {
        return describe(reply -> reply.answer != null && reply.answer.membership() != null);
    }

    /** What keeps a node from founding, or just how the seeds are, as words. */
    String describe() {
        return describe(reply -> true);
    }

    private String describe(Predicate<Reply> shown) {
        List<String> lines = new ArrayList<>();
        for (int seed = 0; seed < replies.length; seed++) {
            Reply reply = replies[seed];
            if (reply != null && shown.test(reply)) {
                lines.add("seed " + seeds.get(seed) + " " + words(reply));
            }
        }
        int more = lines.size() - DESCRIBED_MAX;
        return String.join("; ", lines.subList(0, Math.min(lines.size(), DESCRIBED_MAX)))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    private static String words(Reply reply) {
        Answer answer = reply.answer;
        if (reply.isSelf) {
            return "is this node itself";
        }
        if (answer == null) {
            return "gave no answer (" + reply.silence + ")";
        }
        if (answer.membership() != null) {
            return "is of cluster " + answer.membership().cluster();
        }
        Vote vote = answer.vote();
        return vote == null
                ? "has no cluster either"
                : "stands for node " + vote.founder() + " to found cluster " + vote.cluster();
    }
}
