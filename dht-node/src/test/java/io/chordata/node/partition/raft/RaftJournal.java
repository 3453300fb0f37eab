package io.chordata.node.partition.raft;

import io.chordata.node.sim.SimScheduler;
import java.util.ArrayDeque;
import java.util.List;
import java.util.StringJoiner;

/** The last events of a run, as text only once somebody asks. */
final class RaftJournal {
    private static final int KEPT = Integer.getInteger("chordata.journal", 40);

    private final SimScheduler scheduler;
    private final ArrayDeque<Line> lines = new ArrayDeque<>();

    private record Line(long nanos, int node, String what, Object content) {}

    RaftJournal(SimScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** @param content something immutable */
    void note(int node, String what, Object content) {
        if (lines.size() == KEPT) {
            lines.remove();
        }
        lines.add(new Line(scheduler.nowNanos(), node, what, content));
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner("\n");
        for (Line line : lines) {
            text.add(String.format(
                    "%10.3f ms  %d %s %s", line.nanos() / 1e6, line.node(), line.what(), shown(line.content())));
        }
        return text.toString();
    }

    private static String shown(Object content) {
        if (content instanceof RaftMessage message) {
            return member(message.from()) + " to " + member(message.to()) + " in term "
                    + Generations.count(message.generation()) + ":" + message.term() + " " + body(message.body());
        }
        if (content instanceof RaftOutbox.Write write) {
            return write.number() + " "
                    + (write.hardState() == null
                            ? ""
                            : "term " + write.hardState().term() + " of "
                                    + write.hardState().generation() + " ("
                                    + write.hardState().promised() + ") ")
                    + (write.truncateFrom() > 0 ? "cut " + write.truncateFrom() + " " : "")
                    + span(write.entries());
        }
        return content instanceof Configuration configuration ? configuration(configuration) : content.toString();
    }

    private static String body(RaftMessage.Body body) {
        return body instanceof RaftMessage.Append append
                ? "Append[" + append.prevIndex() + "/" + append.prevTerm() + ": " + span(append.entries()) + ", commit "
                        + append.commit() + "]"
                : body.toString();
    }

    private static String span(List<LogEntry> entries) {
        if (entries.isEmpty()) {
            return "nothing";
        }
        LogEntry first = entries.get(0);
        LogEntry last = entries.get(entries.size() - 1);
        return first.index() + "/" + first.term() + " to " + last.index() + "/" + last.term();
    }

    static String member(Member member) {
        return Members.numberOf(member.node()) + (member.tenure() == 0 ? "" : "'" + member.tenure());
    }

    static String configuration(Configuration of) {
        StringJoiner text = new StringJoiner(" ", of.index() + ":", "");
        of.voters().forEach(member -> text.add(member(member)));
        of.outgoing().forEach(member -> text.add("-" + member(member)));
        of.learners().forEach(member -> text.add("+" + member(member)));
        return text.toString();
    }
}
