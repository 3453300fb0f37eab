package io.chordata.node.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.chordata.node.sim.Seeds;
import io.chordata.node.sim.SimRandom;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListingOracleTest {
    private final ListingOracle oracle = new ListingOracle();

    private void put(String... keys) {
        for (String key : keys) {
            oracle.beginPut(key).acknowledged();
        }
    }

    private void delete(String key) {
        oracle.beginDelete(key).acknowledged();
    }

    /** A whole listing in one page. */
    private List<String> list(String... keys) {
        return oracle.walk("", "", "").ask().answer(List.of(keys), List.of(), false);
    }

    @Test
    void page_withAllThatIsThere_isRight() {
        put("a", "b", "c");
        delete("b");
        assertThat(list("a", "c")).isEmpty();
    }

    @Test
    void page_withoutAnAcknowledgedKey_isWrong() {
        put("a", "b", "c");
        assertThat(list("a", "c")).containsExactly("b is missing");
        assertThat(list()).hasSize(3);
    }

    @Test
    void page_withADeletedOrRefusedKey_isWrong() {
        put("a", "b");
        delete("b");
        oracle.beginPut("c").refused();
        assertThat(list("a", "b", "c", "d"))
                .containsExactly(
                        "b is listed, but there was no such key",
                        "c is listed, but there was no such key",
                        "d is listed, but there was no such key");
    }

    @Test
    void page_outOfOrderOrWithAKeyTwice_isWrong() {
        put("a", "b");
        assertThat(list("b", "a")).containsExactly("a comes behind b");
        assertThat(list("a", "b", "b")).containsExactly("b comes behind b");
    }

    @Test
    void keys_changedWhileThePageIsMade_mayBeInItOrNot() {
        put("deleted", "deleted before the answer");
        ListingOracle.Change early = oracle.beginPut("early");
        ListingOracle.Change delete = oracle.beginDelete("deleted");
        for (boolean isSeen : List.of(true, false)) {
            ListingOracle.Page page = oracle.walk("", "", "").ask();
            if (!isSeen) {
                early.acknowledged();
                delete.acknowledged();
                put("late");
                delete("deleted before the answer");
            }
            assertThat(page.answer(
                            isSeen ? List.of("deleted", "deleted before the answer", "early") : List.of(),
                            List.of(),
                            false))
                    .isEmpty();
        }
        assertThat(list("early", "late")).isEmpty();
        assertThat(list("deleted", "early", "late")).hasSize(1);
        assertThat(list("late")).hasSize(1);
    }

    @Test
    void keys_inDoubt_mayBeInItOrNotForGood() {
        put("a", "b");
        oracle.beginDelete("b").inDoubt();
        oracle.beginPut("c").inDoubt();
        assertThat(list("a", "b", "c")).isEmpty();
        assertThat(list("a")).isEmpty();
        put("b");
        delete("c");
        assertThat(list("a")).isEmpty();
        assertThat(list("a", "b", "c")).isEmpty();
    }

    @Test
    void key_putAndDeletedAtOnce_mayBeInItOrNotUntilTheNextWrite() {
        ListingOracle.Change put = oracle.beginPut("a");
        ListingOracle.Change delete = oracle.beginDelete("a");
        delete.acknowledged();
        put.acknowledged();
        assertThat(list("a")).isEmpty();
        assertThat(list()).isEmpty();
        delete("a");
        assertThat(list("a")).hasSize(1);
        put("a");
        assertThat(list()).hasSize(1);
    }

    @Test
    void pages_thatRepeatOrSkip_areWrong() {
        put("a", "b", "c", "d");
        ListingOracle.Walk walk = oracle.walk("", "", "");
        assertThat(walk.ask().answer(List.of("a", "b"), List.of(), true)).isEmpty();
        assertThat(walk.ask().answer(List.of("b", "d"), List.of(), true))
                .containsExactly("b comes behind the last page, which ended with b", "c is missing");
        assertThat(walk.ask().answer(List.of(), List.of(), true))
                .containsExactly("an empty page says that there are more");
        assertThat(walk.ask().answer(List.of(), List.of(), false)).isEmpty();
        assertThat(walk.isOver()).isTrue();
        assertThatIllegalStateException().isThrownBy(walk::ask);
    }

    @Test
    void page_thatFailed_canBeAskedForAgain() {
        put("a");
        ListingOracle.Walk walk = oracle.walk("", "", "");
        ListingOracle.Page page = walk.ask();
        page.failed();
        assertThatIllegalStateException().isThrownBy(() -> page.answer(List.of("a"), List.of(), false));
        assertThat(walk.ask().answer(List.of("a"), List.of(), false)).isEmpty();
    }

    @Test
    void listing_withPrefixAndStart_isHeldToThatRange() {
        put("a", "b/1", "b/2", "b/3", "c");
        assertThat(oracle.walk("b/", "", "b/1").ask().answer(List.of("b/2", "b/3"), List.of(), false))
                .isEmpty();
        assertThat(oracle.walk("b/", "", "").ask().answer(List.of("b/1", "b/2", "b/3", "c"), List.of(), false))
                .contains("c should not be listed, or be rolled up");
    }

    @Test
    void commonPrefix_onAPage_standsForAllUnderIt() {
        put("a", "b/1", "b/2", "c", "d/1");
        delete("d/1");
        List<String> objects = List.of("a", "c");
        assertThat(oracle.walk("", "/", "").ask().answer(objects, List.of("b/"), false))
                .isEmpty();
        assertThat(oracle.walk("", "/", "").ask().answer(objects, List.of(), false))
                .containsExactly("b/1 is missing", "b/2 is missing");
        assertThat(oracle.walk("", "/", "").ask().answer(objects, List.of("b/", "d/"), false))
                .containsExactly("d/ is listed, but there was no such key");
        assertThat(oracle.walk("", "/", "").ask().answer(List.of("a", "b/1", "c"), List.of("b/"), false))
                .contains("b/1 should not be listed, or be rolled up");
        assertThat(oracle.walk("", "/", "").ask().answer(objects, List.of("b/", "b/1/"), false))
                .contains("b/1/ is no common prefix here");
        ListingOracle.Walk walk = oracle.walk("", "/", "");
        assertThat(walk.ask().answer(List.of("a"), List.of("b/"), true)).isEmpty();
        assertThat(walk.ask().answer(List.of("c"), List.of(), false)).isEmpty();
    }

    @Test
    void commonPrefix_inTheMidstOfWhichItStarts_isMoot() {
        put("b/1", "b/2", "c");
        assertThat(oracle.walk("", "/", "b/1").ask().answer(List.of("c"), List.of("b/"), false))
                .isEmpty();
        assertThat(oracle.walk("", "/", "b/1").ask().answer(List.of("c"), List.of(), false))
                .isEmpty();
    }

    @Test
    void order_ofKeys_isThatOfTheirBytes() {
        SimRandom random = new SimRandom(1);
        String letters = "a/\u00e9\ue000\uffff";
        for (int i = 0; i < 10_000; i++) {
            String a = text(random, letters);
            String b = text(random, letters);
            int byBytes =
                    Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(KeyOrder.compare(a, b))).isEqualTo(Integer.signum(byBytes));
        }
    }

    private static String text(SimRandom random, String letters) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(4); length > 0; length--) {
            int at = random.nextInt(letters.length() + 1);
            text.append(at == letters.length() ? "\ud83d\ude00" : letters.substring(at, at + 1));
        }
        return text.toString();
    }

    /** How a listing may lie. */
    private enum Lie {
        NONE,
        LEAVES_OUT,
        INVENTS,
        REPEATS,
        ENDS_EARLY
    }

    /** Bystanders are written and deleted under random listings; some keys never change, and a lie is about one of those. */
    @ParameterizedTest
    @EnumSource
    void listing_underLoad_isRightUnlessItLies(Lie lie) {
        Seeds.ofThisCommit(200).forEach(seed -> {
            List<String> complaints = new Listing(seed, lie).run();
            assertThat(complaints.isEmpty()).as("seed %s: %s", seed, complaints).isEqualTo(lie == Lie.NONE);
        });
    }

    private static final class Listing {
        private static final int KEYS = 40;

        private final SimRandom random;
        private final Lie lie;
        private final ListingOracle oracle = new ListingOracle();
        private final NavigableSet<String> store = new TreeSet<>();
        private final List<ListingOracle.Change> open = new ArrayList<>();
        private final String delimiter;

        Listing(long seed, Lie lie) {
            this.random = new SimRandom(seed);
            this.lie = lie;
            this.delimiter = lie == Lie.NONE && random.chance(0.5) ? "/" : "";
            for (int i = 0; i < KEYS; i++) {
                oracle.beginPut(key(i)).acknowledged();
                store.add(key(i));
            }
        }

        private static String key(int number) {
            return "key/" + (char) ('a' + number / 10) + "/" + number % 10;
        }

        /** Keys with an even number stay. */
        private void bystander() {
            if (!open.isEmpty() && random.chance(0.6)) {
                ListingOracle.Change change = open.remove(random.nextInt(open.size()));
                if (random.chance(0.9)) {
                    change.acknowledged();
                } else {
                    change.inDoubt();
                }
                return;
            }
            String key = key(1 + 2 * random.nextInt(KEYS / 2));
            boolean isDelete = random.chance(0.5);
            open.add(isDelete ? oracle.beginDelete(key) : oracle.beginPut(key));
            if (isDelete) {
                store.remove(key);
            } else {
                store.add(key);
            }
        }

        List<String> run() {
            List<String> complaints = new ArrayList<>();
            String prefix = delimiter.isEmpty() ? "" : "key/";
            ListingOracle.Walk walk = oracle.walk(prefix, delimiter, "");
            int lyingPage = random.nextInt(2);
            String after = "";
            for (int number = 0; !walk.isOver(); number++) {
                ListingOracle.Page page = walk.ask();
                List<String> listed = page(after, 3 + random.nextInt(8));
                boolean isTruncated = !listed.isEmpty()
                        && !page(listed.get(listed.size() - 1), 1).isEmpty();
                after = listed.isEmpty() ? after : listed.get(listed.size() - 1);
                List<String> objects = new ArrayList<>(delimiter.isEmpty() ? listed : List.of());
                boolean isLie = number == lyingPage;
                if (isLie) {
                    tell(objects);
                }
                complaints.addAll(page.answer(
                        objects,
                        delimiter.isEmpty() ? List.of() : listed,
                        isTruncated && !(isLie && lie == Lie.ENDS_EARLY)));
                bystander();
            }
            return complaints;
        }

        /** Takes its time: bystanders go on while it is made. */
        private List<String> page(String after, int max) {
            List<String> page = new ArrayList<>();
            String at = after;
            while (page.size() < max) {
                bystander();
                String next = at.endsWith("/") ? store.higher(at + "\uffff") : store.higher(at);
                if (next == null) {
                    break;
                }
                at = delimiter.isEmpty() ? next : next.substring(0, next.lastIndexOf('/') + 1);
                page.add(at);
            }
            return page;
        }

        private void tell(List<String> objects) {
            switch (lie) {
                case LEAVES_OUT ->
                    objects.remove(
                            objects.stream().filter(Listing::stays).findFirst().orElseThrow());
                case INVENTS -> objects.add(objects.get(objects.size() - 1) + "-");
                case REPEATS -> objects.add(objects.get(0));
                case NONE, ENDS_EARLY -> {}
            }
        }

        private static boolean stays(String key) {
            return (key.charAt(key.length() - 1) - '0') % 2 == 0;
        }
    }
}
