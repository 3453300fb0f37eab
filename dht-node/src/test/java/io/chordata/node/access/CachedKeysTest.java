package io.chordata.node.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.Uint128;
import io.chordata.node.object.KeyRecord;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimScheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CachedKeysTest {
    private static final KeySeal SEAL = new KeySeal(
            ClusterSecret.of("a secret of nodes that are in a test only"), new ClusterId(new Uint128(0, 1)));

    private final SimScheduler scheduler = new SimScheduler(1);
    private final CachedKeys keys =
            new CachedKeys("root", "the root's secret", new SimLoops(scheduler, 2), new SimClock(scheduler));
    private final Map<String, KeyRecord> records = new HashMap<>();
    private final List<String> lookups = new ArrayList<>();
    private final String name = SEAL.newAccessKey(scheduler.random());
    private boolean isMajorityThere = true;

    @BeforeEach
    void serve() {
        keys.serve(SEAL, this::find);
        make(name);
    }

    private void make(String accessKey) {
        byte[] sealed = SEAL.seal(accessKey, "its secret", scheduler.random());
        records.put(accessKey, new KeyRecord(accessKey, sealed, "", 0));
    }

    private Future<@Nullable KeyRecord> find(String accessKey) {
        lookups.add(accessKey);
        Promise<@Nullable KeyRecord> found = Promise.promise();
        scheduler.afterMillis(10, () -> {
            if (isMajorityThere) {
                found.complete(records.get(accessKey));
            } else {
                found.fail("no majority");
            }
        });
        return found.future();
    }

    private @Nullable String secret(String accessKey) {
        return scheduler.await(keys.secretOf(accessKey));
    }

    @Test
    void root_beforeAndWithoutAnyRecord_isAlwaysKnown() {
        CachedKeys starting =
                new CachedKeys("root", "the root's secret", new SimLoops(scheduler, 1), new SimClock(scheduler));
        isMajorityThere = false;

        assertThat(starting.secretOf("root").result()).isEqualTo("the root's secret");
        assertThat(keys.secretOf("root").result()).isEqualTo("the root's secret");
        assertThat(starting.secretOf(name).cause()).isInstanceOf(KeysUnavailableException.class);
        assertThat(lookups).isEmpty();
    }

    @Test
    void key_usedOften_isLookedUpOnceAndThenKnownAtOnce() {
        List<Future<@Nullable String>> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            asked.add(keys.secretOf(name));
        }
        asked.forEach(secret -> assertThat(scheduler.await(secret)).isEqualTo("its secret"));

        assertThat(keys.secretOf(name).result()).isEqualTo("its secret");
        assertThat(lookups).hasSize(1);
    }

    @Test
    void key_deletedElsewhere_worksNoLongerThanFiveSeconds() {
        secret(name);
        scheduler.advanceMillis(CachedKeys.KEPT_SECONDS * 1_000L - 100);
        records.remove(name);

        assertThat(keys.secretOf(name).result()).isEqualTo("its secret");
        scheduler.advanceMillis(100);
        assertThat(secret(name)).isNull();
    }

    @Test
    void key_inUse_isLookedUpAgainWithoutAnybodyWaiting() {
        secret(name);
        for (int i = 0; i < 30; i++) {
            scheduler.advanceMillis(1_000);
            assertThat(keys.secretOf(name).isComplete()).as("second " + i).isTrue();
        }
        assertThat(lookups).hasSizeBetween(5, 15);
    }

    @Test
    void names_madeUp_areRefusedWithoutALookup() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(keys.secretOf("CKAAAAAAAAAAAAAA" + (1_000 + i)).succeeded())
                    .isTrue();
        }
        assertThat(lookups).isEmpty();
    }

    @Test
    void name_ofAKeyThatIsGone_isLookedUpOnceInAWhile() {
        records.clear();
        for (int i = 0; i < 1_000; i++) {
            assertThat(secret(name)).isNull();
        }
        assertThat(lookups).hasSize(1);
    }

    @Test
    void key_thatCannotBeLookedUp_isNotCalledUnknown() {
        isMajorityThere = false;

        assertThatThrownBy(() -> secret(name)).isInstanceOf(KeysUnavailableException.class);
        isMajorityThere = true;
        assertThat(secret(name)).isEqualTo("its secret");
    }

    @Test
    void key_whoseSecretIsOfAnotherCluster_isNotCalledUnknown() {
        records.put(name, new KeyRecord(name, new byte[] {1, 2, 3}, "", 0));

        assertThatThrownBy(() -> secret(name)).isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void lookups_tooManyAtOnce_areRefusedAsUnavailable() {
        List<Future<@Nullable String>> asked = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            asked.add(keys.secretOf(SEAL.newAccessKey(scheduler.random())));
        }
        scheduler.advanceMillis(1_000);

        assertThat(lookups).hasSizeLessThan(100);
        assertThat(asked).allMatch(Future::isComplete);
        assertThat(asked.get(999).cause()).isInstanceOf(KeysUnavailableException.class);
    }
}
