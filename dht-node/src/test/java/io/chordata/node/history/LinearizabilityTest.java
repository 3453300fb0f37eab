package io.chordata.node.history;

import static io.chordata.node.history.Draft.create;
import static io.chordata.node.history.Draft.delete;
import static io.chordata.node.history.Draft.did;
import static io.chordata.node.history.Draft.failed;
import static io.chordata.node.history.Draft.mayHaveDone;
import static io.chordata.node.history.Draft.put;
import static io.chordata.node.history.Draft.replace;
import static io.chordata.node.history.Draft.saw;
import static io.chordata.node.history.Draft.sawNothing;
import static io.chordata.node.history.Draft.seen;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories by hand whose verdict is known, many by the shapes that the literature argues with. */
class LinearizabilityTest {
    private static final Operation GET = Operation.get();
    private static final Outcome DONE = Outcome.DONE;

    private static Arguments shape(String name, Draft draft) {
        return Arguments.of(name, draft.history());
    }

    private static Draft inTurn(Draft.Step... steps) {
        return new Draft().addInTurn(1, steps);
    }

    static Stream<Arguments> good() {
        return Stream.of(
                shape("nothing", new Draft()),
                shape(
                        "one after the other",
                        inTurn(sawNothing(), did(put("a")), saw("a"), did(delete()), sawNothing())),
                shape(
                        "a read during a write sees the old",
                        inTurn(did(put("a"))).add(10, 20, put("b"), DONE).add(12, 13, GET, seen("a"))),
                shape(
                        "a read during a write sees the new",
                        inTurn(did(put("a"))).add(10, 20, put("b"), DONE).add(12, 13, GET, seen("b"))),
                shape(
                        "readers settle which of two writes was last",
                        new Draft()
                                .add(1, 10, put("a"), DONE)
                                .add(2, 9, put("b"), DONE)
                                .add(11, 12, GET, seen("a"))
                                .add(13, 14, GET, seen("a"))),
                shape(
                        "a long read sees what was there in the middle only",
                        inTurn(did(put("a")), did(put("b")), did(delete())).add(0, 20, GET, seen("a"))),
                shape("what has no answer never happened", inTurn(did(put("a")), mayHaveDone(put("b")), saw("a"))),
                shape("what has no answer happened", inTurn(did(put("a")), mayHaveDone(put("b")), saw("b"))),
                shape(
                        "what has no answer happened long after",
                        inTurn(mayHaveDone(put("a")), did(put("b")), saw("b"), saw("a"))),
                shape(
                        "two deletes without an answer, seen twice",
                        inTurn(mayHaveDone(delete()), mayHaveDone(delete()), did(put("a")), sawNothing())
                                .addInTurn(20, did(put("b")), sawNothing())),
                shape("a create after a delete", inTurn(did(create("a")), did(delete()), did(create("b")), saw("b"))),
                shape(
                        "a create refused by one without an answer",
                        inTurn(mayHaveDone(put("a")), failed(create("b")), did(delete()), did(create("c")))),
                shape(
                        "one of two creates at once",
                        new Draft()
                                .add(1, 5, create("a"), Outcome.CONDITION_FAILED)
                                .add(2, 6, create("b"), DONE)
                                .add(7, 8, GET, seen("b"))),
                shape("a chain of replacements", inTurn(did(put("a")), did(replace("a", "b")), did(replace("b", "c")))),
                shape(
                        "a chain of which one has no answer",
                        inTurn(did(put("a")), mayHaveDone(replace("a", "b")), did(replace("b", "c")), saw("c"))),
                shape(
                        "a replacement refused, and the version that refused it had no answer",
                        inTurn(did(put("a")), mayHaveDone(put("b")), failed(replace("a", "c")), sawNothing())
                                .add(0, 30, delete(), DONE)),
                shape(
                        "a write without a trace between two deletes",
                        new Draft()
                                .add(1, 2, GET, Outcome.MISSING)
                                .add(3, 9, put("a"), DONE)
                                .add(4, 10, delete(), DONE)
                                .add(5, 8, create("b"), DONE)
                                .add(11, 12, GET, seen("b"))),
                shape(
                        "refused things leave no trace",
                        inTurn(did(put("a")))
                                .add(5, 6, put("b"), Outcome.REFUSED)
                                .add(7, 8, GET, seen("a"))),
                shape(
                        "a head sees the ETag",
                        inTurn(did(Operation.complete(new Version("a", "x-2"), Condition.NONE)))
                                .add(5, 6, Operation.head(), Outcome.seenETag("x-2"))
                                .add(7, 8, GET, Outcome.seen(new Version("a", "x-2")))),
                shape(
                        "a copy brings an old version back",
                        inTurn(did(put("a")), did(put("b")))
                                .add(8, 9, Operation.copy("other", Draft.version("a")), DONE)
                                .add(10, 11, GET, seen("a"))));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                shape("a stale read", inTurn(did(put("a")), did(put("b")), saw("a"))),
                shape("a value that nobody wrote", inTurn(did(put("a")), saw("b"))),
                shape("a value before it was written", inTurn(saw("a"), did(put("a")))),
                shape("a value that was refused", inTurn(saw("a")).add(0, 9, put("a"), Outcome.REFUSED)),
                shape(
                        "new, then old, while it is written",
                        inTurn(did(put("a")))
                                .add(10, 30, put("b"), DONE)
                                .add(12, 13, GET, seen("b"))
                                .add(14, 15, GET, seen("a"))),
                shape(
                        "readers who see two writes in different orders",
                        new Draft()
                                .add(1, 20, put("a"), DONE)
                                .add(2, 21, put("b"), DONE)
                                .add(3, 4, GET, seen("a"))
                                .add(5, 6, GET, seen("b"))
                                .add(7, 8, GET, seen("a"))),
                shape("a lost write", inTurn(did(put("a")), sawNothing())),
                shape("a delete undone", inTurn(did(put("a")), did(delete()), saw("a"))),
                shape(
                        "a write without an answer that vanishes",
                        inTurn(did(put("a")), mayHaveDone(put("b")), saw("b"), saw("a"))),
                shape(
                        "a write without an answer that happens twice",
                        inTurn(mayHaveDone(put("a")), saw("a"), did(put("b")), saw("b"), saw("a"))),
                shape(
                        "one delete without an answer, seen twice",
                        inTurn(mayHaveDone(delete()), did(put("a")), sawNothing(), did(put("b")), sawNothing())),
                shape("two creates", inTurn(did(create("a")), did(create("b")))),
                shape(
                        "two creates at once",
                        new Draft().add(1, 5, create("a"), DONE).add(2, 6, create("b"), DONE)),
                shape("a create refused by nothing", inTurn(failed(create("a")))),
                shape("a create over a delete that never was", inTurn(did(put("a")), did(create("b")))),
                shape(
                        "two replacements of one version",
                        inTurn(did(put("a")), did(replace("a", "b")), did(replace("a", "c")))),
                shape(
                        "a replacement refused for the version that is there",
                        inTurn(did(put("a")), failed(replace("a", "b")))),
                shape(
                        "a replacement refused for nothing being there",
                        inTurn(did(put("a"))).add(5, 6, replace("a", "b"), Outcome.MISSING)),
                shape("an unconditional write refused by a condition", inTurn(failed(put("a")))),
                shape("a delete that found nothing to delete", inTurn().add(1, 2, delete(), Outcome.MISSING)),
                shape(
                        "a body under another's ETag",
                        inTurn(did(put("a")), did(put("b"))).add(8, 9, GET, Outcome.seen(new Version("a", "b")))),
                shape(
                        "a copy of a version that was overwritten",
                        inTurn(did(put("a")), did(put("b")))
                                .add(
                                        8,
                                        9,
                                        Operation.copy("other", Draft.version("a"))
                                                .atSource("other"),
                                        DONE)),
                shape(
                        "a copy refused for the version that is there",
                        inTurn(did(put("a")))
                                .add(
                                        8,
                                        9,
                                        Operation.copy("other", Draft.version("a"))
                                                .atSource("other"),
                                        Outcome.CONDITION_FAILED)),
                shape(
                        "a copy that brings an old version back once, not twice",
                        inTurn(did(put("a")), did(put("b")))
                                .add(8, 9, Operation.copy("other", Draft.version("a")), DONE)
                                .addInTurn(10, saw("a"), did(put("c")), saw("a"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void history_thatIsRight_isLinearizable(String name, KeyHistory history) {
        assertThat(Linearizability.check(history)).isEqualTo(Verdict.LINEARIZABLE);
        assertThat(BruteForce.isLinearizable(history)).as("by brute force").isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void history_thatIsWrong_isNotLinearizable(String name, KeyHistory history) {
        assertThat(Linearizability.check(history).kind()).isEqualTo(Verdict.Kind.NOT_LINEARIZABLE);
        assertThat(BruteForce.isLinearizable(history)).as("by brute force").isFalse();
    }

    /** What comes after the violation, and what has nothing to do with it, is left out. */
    @Test
    void verdict_onAViolationAmongOthers_showsItAlone() {
        KeyHistory history = inTurn(sawNothing(), did(put("a")), saw("a"), did(put("b")), saw("b"), did(delete()))
                .addInTurn(20, did(put("c")), saw("c"), mayHaveDone(put("d")), saw("b"), did(put("e")), saw("e"))
                .history();
        assertThat(Linearizability.check(history).toString())
                .isEqualTo("NOT_LINEARIZABLE: key: the first 10 of 12 operations cannot be put in one order,"
                        + " and in them not even these:\n"
                        + "  first: nothing\n"
                        + "  ||      c3 put b: done  (7 to 8)\n"
                        + "    ||    c6 put c: done  (20 to 21)\n"
                        + "      ||  c9 get: seen b  (26 to 27)\n");
    }

    @Test
    void verdict_beyondTheBudget_isNoPass() {
        KeyHistory history = inTurn(did(put("a")), saw("a"), did(put("b"))).history();
        Verdict verdict = Linearizability.check(history, 1);
        assertThat(verdict.kind()).isEqualTo(Verdict.Kind.UNDECIDED);
        assertThat(verdict.isLinearizable()).isFalse();
        assertThat(verdict.toString()).contains("more than 1 configurations");
    }

    @Test
    void window_withAnInitialVersion_beginsWithIt() {
        KeyHistory window = new KeyHistory("key", Draft.version("a"), List.of());
        assertThat(Linearizability.check(
                        new Draft(window).addInTurn(1, saw("a")).history()))
                .isEqualTo(Verdict.LINEARIZABLE);
        assertThat(Linearizability.check(new Draft(window)
                                .addInTurn(1, did(put("b")), saw("a"))
                                .history())
                        .kind())
                .isEqualTo(Verdict.Kind.NOT_LINEARIZABLE);
        assertThat(Linearizability.check(
                                new Draft(window).addInTurn(1, sawNothing()).history())
                        .kind())
                .isEqualTo(Verdict.Kind.NOT_LINEARIZABLE);
    }
}
