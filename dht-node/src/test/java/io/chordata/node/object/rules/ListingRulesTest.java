package io.chordata.node.object.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.chordata.node.object.rules.MessageProtos.ListObjects;
import io.chordata.node.object.rules.MessageProtos.ObjectEntry;
import io.chordata.node.object.rules.MessageProtos.ObjectPage;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.chordata.node.sim.SimRandom;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ListingRulesTest {
    private final Rules rules = new Rules();

    private ObjectPage list(String prefix, String delimiter, String startAfter, int max) {
        ListObjects list = ListObjects.newBuilder()
                .setPrefix(ByteString.copyFromUtf8(prefix))
                .setDelimiter(ByteString.copyFromUtf8(delimiter))
                .setStartAfter(ByteString.copyFromUtf8(startAfter))
                .setMax(max)
                .build();
        return rules.ask(Query.newBuilder().setListObjects(list)).getObjectPage();
    }

    private static List<String> texts(ObjectPage page) {
        return page.getEntriesList().stream().map(ListingRulesTest::text).toList();
    }

    private static String text(ObjectEntry entry) {
        return (entry.hasHead() ? "" : "prefix ") + entry.getKey().toStringUtf8();
    }

    @Test
    void common_prefix_is_passed_by_a_seek_whatever_lies_under_it() {
        for (int i = 0; i < 5_000; i++) {
            rules.put("photos/" + i);
        }
        rules.put("zebra");
        int before = rules.rows.steps();
        assertThat(texts(list("", "/", "", 10))).containsExactly("prefix photos/", "zebra");
        assertThat(rules.rows.steps() - before).isLessThan(10);
    }

    @Test
    void page_after_a_common_prefix_starts_after_all_under_it() {
        List.of("a/1", "a/2", "b").forEach(rules::put);
        for (String startAfter : List.of("a/", "a/1", "a/9")) {
            assertThat(texts(list("", "/", startAfter, 10))).containsExactly("b");
        }
        assertThat(texts(list("", "/", "a", 10))).containsExactly("prefix a/", "b");
        assertThat(texts(list("a/", "/", "a/1", 10))).containsExactly("a/2");
    }

    /** Against a model that sorts all keys and looks at each. */
    @Test
    void listing_agrees_with_the_naive_one() {
        for (long seed = 0; seed < 2_000; seed++) {
            agree(seed);
        }
    }

    private static void agree(long seed) {
        SimRandom random = new SimRandom(seed);
        ListingRulesTest test = new ListingRulesTest();
        TreeSet<String> keys = new TreeSet<>(ListingRulesTest::compare);
        for (int i = random.nextInt(30); i > 0; i--) {
            String key = text(random, 1 + random.nextInt(5));
            keys.add(key);
            test.rules.put(key);
        }
        for (int i = 0; i < 10; i++) {
            String prefix = text(random, random.nextInt(3));
            String delimiter = text(random, random.nextInt(3));
            String startAfter = text(random, random.nextInt(4));
            List<String> all = naive(keys, prefix, delimiter, startAfter);
            int max = 1 + random.nextInt(4);
            ObjectPage page = test.list(prefix, delimiter, startAfter, max);
            assertThat(texts(page))
                    .as(
                            "seed %d prefix '%s' delimiter '%s' after '%s' of %s",
                            seed, prefix, delimiter, startAfter, keys)
                    .isEqualTo(all.subList(0, Math.min(max, all.size())));
            assertThat(page.getMore()).isEqualTo(all.size() > max);
        }
    }

    private static List<String> naive(TreeSet<String> keys, String prefix, String delimiter, String startAfter) {
        List<String> found = new ArrayList<>();
        for (String key : keys) {
            if (!key.startsWith(prefix)) {
                continue;
            }
            int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            String name = at < 0 ? key : key.substring(0, at + delimiter.length());
            String entry = at < 0 ? key : "prefix " + name;
            if ((startAfter.isEmpty() || compare(name, startAfter) > 0) && !found.contains(entry)) {
                found.add(entry);
            }
        }
        return found;
    }

    private static String text(SimRandom random, int length) {
        String[] characters = {"a", "b", "/", "/", "\0", "\u00e4", "\ud83d\ude00"};
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }

    private static int compare(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
