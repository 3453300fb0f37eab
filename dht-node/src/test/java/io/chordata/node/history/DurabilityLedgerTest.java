package io.chordata.node.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.chordata.node.history.DurabilityLedger.Doubts;
import io.chordata.node.sim.Seeds;
import io.chordata.node.sim.SimRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DurabilityLedgerTest {
    private static final int CLAIMS_MAX = 20;

    private final DurabilityLedger ledger = new DurabilityLedger(Doubts.MAY_COME_LATE, CLAIMS_MAX);
    private final Store store = new Store();

    /** What is verified: keys and hashes, of which tests make what they like. */
    private static final class Store implements DurabilityLedger.Reader {
        private final Map<String, String> hashes = new TreeMap<>();
        private boolean isBroken;

        @Override
        public Optional<String> hashOf(String key) throws IOException {
            if (isBroken) {
                throw new IOException("503");
            }
            return Optional.ofNullable(hashes.get(key));
        }
    }

    private void put(String key, String hash) {
        ledger.beginPut(key, hash).acknowledged();
        store.hashes.put(key, hash);
    }

    private void delete(String key) {
        ledger.beginDelete(key).acknowledged();
        store.hashes.remove(key);
    }

    private void assertFound(LedgerReport.Kind kind) {
        LedgerReport report = ledger.verify(store);
        assertThat(report.findings()).as(report.toString()).hasSize(1);
        assertThat(report.keys(kind)).as(report.toString()).containsExactly("key");
    }

    private void assertClean() {
        assertThat(ledger.verify(store)).matches(LedgerReport::isClean);
    }

    @Test
    void store_thatKeepsItsWord_isFine() {
        put("key", "a");
        put("other", "b");
        put("key", "c");
        delete("other");
        assertClean();
        assertThat(ledger.acknowledgements()).isEqualTo(4);
    }

    @Test
    void acknowledgedBody_gone_isLost() {
        put("key", "a");
        put("other", "b");
        store.hashes.remove("key");
        assertFound(LedgerReport.Kind.LOST);
        assertFound(LedgerReport.Kind.LOST);
    }

    @Test
    void acknowledgedBody_olderOrDamaged_isWrong() {
        put("key", "a");
        put("key", "b");
        store.hashes.put("key", "a");
        assertFound(LedgerReport.Kind.WRONG_BODY);
        store.hashes.put("key", "nobody's");
        assertFound(LedgerReport.Kind.WRONG_BODY);
    }

    @Test
    void deletedKey_comingBack_isResurrected() {
        put("key", "a");
        delete("key");
        store.hashes.put("key", "a");
        assertFound(LedgerReport.Kind.RESURRECTED);
    }

    @Test
    void refusedWrite_thatIsThere_isFound() {
        ledger.beginPut("key", "a").refused();
        store.hashes.put("key", "a");
        assertFound(LedgerReport.Kind.RESURRECTED);
        put("key", "b");
        ledger.beginPut("key", "c").refused();
        store.hashes.put("key", "c");
        assertFound(LedgerReport.Kind.WRONG_BODY);
    }

    @Test
    void key_thatCannotBeRead_isNotFine() {
        put("key", "a");
        store.isBroken = true;
        assertFound(LedgerReport.Kind.UNREAD);
        store.isBroken = false;
        assertClean();
    }

    /** And whatever it came to stays, so that a second node must say the same. */
    @Test
    void writeInDoubt_happenedOrNot_isFineButStays() {
        put("key", "a");
        ledger.beginPut("key", "b").inDoubt();
        ledger.beginPut("key", "c");
        store.hashes.put("key", "c");
        assertClean();
        store.hashes.put("key", "b");
        assertFound(LedgerReport.Kind.WRONG_BODY);
        store.hashes.put("key", "a");
        assertFound(LedgerReport.Kind.WRONG_BODY);
        store.hashes.put("key", "c");
        assertClean();
    }

    @Test
    void deleteInDoubt_happenedOrNot_isFineButStays() {
        put("key", "a");
        ledger.beginDelete("key").inDoubt();
        assertClean();
        store.hashes.remove("key");
        assertFound(LedgerReport.Kind.LOST);
    }

    @ParameterizedTest
    @EnumSource
    void writeInDoubt_beforeOneAcknowledged_countsOnlyIfItMayComeLate(Doubts doubts) {
        DurabilityLedger either = new DurabilityLedger(doubts, CLAIMS_MAX);
        either.beginPut("key", "a").inDoubt();
        either.beginPut("key", "b").acknowledged();
        store.hashes.put("key", "a");
        assertThat(either.verify(store).isClean()).isEqualTo(doubts == Doubts.MAY_COME_LATE);
    }

    @Test
    void writes_acknowledgedAtOnce_mayHaveComeInEitherOrder() {
        DurabilityLedger.Write first = ledger.beginPut("key", "a");
        DurabilityLedger.Write second = ledger.beginPut("key", "b");
        second.acknowledged();
        first.acknowledged();
        store.hashes.put("key", "b");
        assertClean();
        put("key", "c");
        store.hashes.put("key", "a");
        assertFound(LedgerReport.Kind.WRONG_BODY);
    }

    @Test
    void key_withTooManyDoubts_hasNoRoomUntilItIsVerified() {
        while (ledger.hasRoom("key")) {
            ledger.beginPut("key", "a").inDoubt();
        }
        assertThatIllegalStateException().isThrownBy(() -> ledger.beginDelete("key"));
        assertClean();
        assertThat(ledger.hasRoom("key")).isTrue();
    }

    @Test
    void write_endedTwiceOrAfterItWasSettled_isAnError() {
        DurabilityLedger.Write write = ledger.beginPut("key", "a");
        write.acknowledged();
        assertThatIllegalStateException().isThrownBy(write::refused);
        store.hashes.put("key", "a");
        DurabilityLedger.Write late = ledger.beginPut("key", "b");
        assertClean();
        assertThatIllegalStateException().isThrownBy(late::acknowledged);
    }

    @Test
    void ledger_writtenToItsFile_isReadAgain(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("ledger");
        try (DurabilityLedger kept = DurabilityLedger.keptIn(path, Doubts.MAY_COME_LATE, CLAIMS_MAX)) {
            kept.beginPut("key", "a").acknowledged();
            kept.beginPut("an odd/key\n", "b").refused();
            kept.beginDelete("key").inDoubt();
            store.hashes.put("key", "a");
            assertThat(kept.verify(store).isClean()).isTrue();
            kept.beginPut("other", "c").acknowledged();
        }
        assertThat(Files.readString(path))
                .startsWith("1 begun a key\n1 acknowledged - key\n3 begun b an%20odd%2Fkey%0A\n");
        DurabilityLedger read = DurabilityLedger.read(path, Doubts.MAY_COME_LATE, CLAIMS_MAX);
        assertThat(read.keys()).containsExactly("an odd/key\n", "key", "other");
        assertThat(read.acknowledgements()).isEqualTo(2);
        store.hashes.remove("key");
        assertThat(read.verify(store).keys(LedgerReport.Kind.LOST)).containsExactly("key", "other");
    }

    /** Random writes to an honest store that loses some answers are fine; with one lie in it, the lie is found, and only it. */
    @Test
    void lie_amongManyKeys_isFoundExactly() {
        Seeds.ofThisCommit(300).forEach(seed -> {
            DurabilityLedger many = new DurabilityLedger(Doubts.ARE_OVER, CLAIMS_MAX);
            Store honest = randomStore(many, new SimRandom(seed));
            LedgerReport report = many.verify(honest);
            assertThat(report.isClean()).as("seed %s: %s", seed, report).isTrue();
            String key = honest.hashes.keySet().iterator().next();
            honest.hashes.remove(key);
            assertThat(many.verify(honest).keys(LedgerReport.Kind.LOST)).containsExactly(key);
            honest.hashes.put(key, "nobody's");
            assertThat(many.verify(honest).keys(LedgerReport.Kind.WRONG_BODY)).containsExactly(key);
        });
    }

    private static Store randomStore(DurabilityLedger ledger, SimRandom random) {
        Store store = new Store();
        ledger.beginPut("key 0", "first").acknowledged();
        store.hashes.put("key 0", "first");
        for (int i = 0; i < 200; i++) {
            String key = "key " + random.nextInt(10);
            boolean isDelete = !key.equals("key 0") && random.chance(0.2);
            if (!ledger.hasRoom(key)) {
                continue;
            }
            DurabilityLedger.Write write = isDelete ? ledger.beginDelete(key) : ledger.beginPut(key, "hash " + i);
            boolean happens = random.chance(0.8);
            if (happens && isDelete) {
                store.hashes.remove(key);
            } else if (happens) {
                store.hashes.put(key, "hash " + i);
            }
            if (random.chance(0.2)) {
                write.inDoubt();
            } else if (happens) {
                write.acknowledged();
            } else {
                write.refused();
            }
        }
        return store;
    }
}
