package io.chordata.client.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.client.files.SyncPlan.Comparison;
import io.chordata.client.files.SyncPlan.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyncPlanTest {
    private static final Comparator<String> BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    /** Characters around which orders differ: below and above a slash, above surrogates, and pairs of them. */
    private static final List<String> PIECES = List.of("a", "b", "/", "-", ".", "é", "\uff5e", "💡", "\ue000", " ");

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            name.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return name.toString();
    }

    private static TreeMap<String, Item> tree(Random random) {
        TreeMap<String, Item> items = new TreeMap<>(BYTES);
        for (int i = random.nextInt(30); i > 0; i--) {
            String name = name(random);
            items.put(name, Item.file(name, random.nextInt(3), random.nextInt(3) * 900L));
        }
        return items;
    }

    private static List<SyncPlan.Step> steps(Iterator<Item> source, Iterator<Item> target, Comparison comparison) {
        List<SyncPlan.Step> steps = new ArrayList<>();
        new SyncPlan(source, target, comparison, false).forEachRemaining(steps::add);
        return steps;
    }

    @ParameterizedTest
    @EnumSource(Comparison.class)
    void whatIsNewerAtTheTarget_isNoCopyWhereThatIsAsked(Comparison comparison) {
        List<Item> source = List.of(Item.file("other-size", 1, 5_000), Item.file("unknown", 1, 0));
        List<Item> target = List.of(Item.file("other-size", 2, 6_000), Item.file("unknown", 2, 6_000));
        List<SyncPlan.Kind> kinds = new ArrayList<>();
        new SyncPlan(source.iterator(), target.iterator(), comparison, true)
                .forEachRemaining(step -> kinds.add(step.kind()));
        assertThat(kinds).containsExactly(SyncPlan.Kind.NEWER_AT_TARGET, SyncPlan.Kind.COPY);
        assertThat(steps(source.iterator(), target.iterator(), comparison))
                .allMatch(step -> step.kind() == SyncPlan.Kind.COPY);
    }

    @Test
    void order_ofNames_isThatOfTheirBytes() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            String a = name(random);
            String b = name(random);
            assertThat(Integer.signum(KeyOrder.INSTANCE.compare(a, b)))
                    .as("%s and %s", a, b)
                    .isEqualTo(Integer.signum(BYTES.compare(a, b)));
        }
    }

    @ParameterizedTest
    @EnumSource(Comparison.class)
    void plan_ofAnyTwoTrees_makesTheTargetLikeTheSource(Comparison comparison) {
        for (long seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            TreeMap<String, Item> source = tree(random);
            TreeMap<String, Item> target = tree(random);
            Map<String, Item> after = new TreeMap<>(target);
            List<String> told = new ArrayList<>();
            for (SyncPlan.Step step :
                    steps(source.values().iterator(), target.values().iterator(), comparison)) {
                String name = step.item().name();
                told.add(name);
                switch (step.kind()) {
                    case COPY -> after.put(name, step.item());
                    case EXTRA -> after.remove(name);
                    case SAME ->
                        assertThat(target.get(name))
                                .as("seed %d, %s", seed, name)
                                .matches(there -> there != null && isSame(comparison, step.item(), there));
                }
            }
            TreeMap<String, Item> both = new TreeMap<>(BYTES);
            both.putAll(source);
            both.putAll(target);
            assertThat(told).as("seed %d", seed).containsExactlyElementsOf(both.keySet());
            assertThat(after.keySet()).as("seed %d", seed).isEqualTo(new TreeMap<>(source).keySet());
            for (Item item : source.values()) {
                assertThat(after.get(item.name()))
                        .as("seed %d", seed)
                        .matches(there -> there.equals(item) || isSame(comparison, item, there));
            }
        }
    }

    private static boolean isSame(Comparison comparison, Item source, Item target) {
        boolean sameTime = switch (comparison) {
            case SIZE -> true;
            case NEWER -> source.modifiedMillis() <= target.modifiedMillis();
            case TIME -> source.modifiedMillis() / 1_000 == target.modifiedMillis() / 1_000;
        };
        return source.size() == target.size() && sameTime;
    }

    @Test
    void listing_outOfOrder_isRefused() {
        List<Item> wrong = List.of(Item.file("b", 1, 0), Item.file("a", 1, 0));
        assertThatThrownBy(() -> steps(wrong.iterator(), List.<Item>of().iterator(), Comparison.SIZE))
                .hasMessageContaining("listing of the source is out of order");
        assertThatThrownBy(() -> steps(List.<Item>of().iterator(), wrong.iterator(), Comparison.SIZE))
                .hasMessageContaining("listing of the target");
        List<Item> twice = List.of(Item.file("a", 1, 0), Item.file("a", 1, 0));
        assertThatThrownBy(() -> steps(twice.iterator(), List.<Item>of().iterator(), Comparison.SIZE))
                .hasMessageContaining("out of order");
    }

    @Test
    void plan_ofMillions_looksOneItemAhead() {
        Iterator<Item> many = LongStream.range(0, 1_000_000)
                .mapToObj(i -> Item.file(String.format("%09d", i), 1, 0))
                .iterator();
        SyncPlan plan = new SyncPlan(many, List.<Item>of().iterator(), Comparison.SIZE, false);
        assertThat(plan.next()).isEqualTo(new SyncPlan.Step(Kind.COPY, Item.file("000000000", 1, 0), "new"));
        assertThat(many.next().name()).isEqualTo("000000002");
    }
}
