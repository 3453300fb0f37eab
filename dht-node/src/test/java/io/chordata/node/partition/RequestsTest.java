package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.ColdReadException;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordReader;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.core.RequestId;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.EntryApplier.AppliedRun;
import io.chordata.node.partition.EntryApplier.Outcome;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.LedgerMachine.Receipt;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.EntryKind;
import io.chordata.node.partition.raft.LogEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final PartitionId PARTITION = new PartitionId(3);
    private static final long MINUTE = 60_000;
    private static final long NOW = 1_000 * MINUTE + 30_000;
    private static final RequestRules SMALL = new RequestRules() {
        @Override
        public boolean isFull(long kept) {
            return kept >= 3;
        }
    };

    private final Stored stored = new Stored();
    private final EntryApplier applier = new EntryApplier(PARTITION, new LedgerMachine(), SMALL);
    private long index;

    @Test
    void request_again_getsTheFirstAnswer_inTheSameRunAndInALaterOne() {
        Request request = request(1, NOW);
        List<Outcome> together = apply(entry(NOW, request), entry(NOW + 1, request));
        Receipt first = new Receipt(1, 1);
        assertThat(together)
                .extracting(outcome -> Receipt.parse(outcome.answer()))
                .containsOnly(first);
        assertThat(Receipt.parse(apply(entry(NOW + MINUTE, request)).get(0).answer()))
                .isEqualTo(first);
        assertThat(Receipt.parse(apply(entry(NOW + 2 * MINUTE, request(1, NOW + MINUTE)))
                        .get(0)
                        .answer()))
                .isEqualTo(first);
    }

    @Test
    void request_atTheEndsOfItsWindow_isTaken_andBeyondThem_isNot() {
        assertThat(refusal(NOW, request(1, NOW - MINUTE))).isNull();
        assertThat(refusal(NOW, request(2, NOW - MINUTE - 1))).isEqualTo(Reason.EXPIRED);
        assertThat(refusal(NOW, request(3, NOW + MINUTE))).isNull();
        assertThat(refusal(NOW, request(4, NOW + MINUTE + 1))).isEqualTo(Reason.EXPIRED);
    }

    /** A leader whose clock is a day ahead stamps the log: whoever asks again dates the request by that. */
    @Test
    void request_againAfterLogTimeLeapt_getsTheFirstAnswer() {
        long ahead = NOW + 1_440 * MINUTE;
        Receipt first = Receipt.parse(apply(entry(NOW, request(1, NOW))).get(0).answer());
        apply(entry(ahead, request(2, ahead)));
        EntryApplier anew = new EntryApplier(PARTITION, new LedgerMachine(), SMALL);

        LogEntry again = entry(ahead + MINUTE, request(1, ahead + MINUTE));
        assertThat(Receipt.parse(anew.apply(List.of(again), 0, stored, ReadTier.MEMORY)
                        .outcomes()
                        .get(0)
                        .answer()))
                .isEqualTo(first);
        assertThat(Receipt.parse(apply(again).get(0).answer())).isEqualTo(first);
        apply(entry(ahead + 3 * MINUTE, request(3, ahead + 3 * MINUTE)));
        assertThat(stored.answers()).as("both are over").isEqualTo(1);
    }

    @Test
    void answers_ofTimesThatAreOver_leaveNoRow() {
        apply(entry(NOW, request(1, NOW)), entry(NOW, request(2, NOW)));
        assertThat(stored.answers()).isEqualTo(2);
        apply(entry(NOW + 4 * MINUTE, request(3, NOW + 4 * MINUTE)));
        assertThat(stored.answers()).isEqualTo(1);
    }

    @Test
    void answer_thatIsOverWithinTheRunThatGaveIt_leavesNoRow() {
        apply(entry(NOW, request(1, NOW)), entry(NOW + 9 * MINUTE, request(2, NOW + 9 * MINUTE)));
        assertThat(stored.answers()).isEqualTo(1);
    }

    @Test
    void table_thatIsFull_refusesWhatIsNew_andAnswersWhatIsKept() {
        apply(entry(NOW, request(1, NOW)), entry(NOW, request(2, NOW)), entry(NOW, request(3, NOW)));
        assertThat(refusal(NOW, request(4, NOW))).isEqualTo(Reason.TOO_BUSY);
        assertThat(refusal(NOW, request(3, NOW))).isNull();
        assertThat(refusal(NOW + 3 * MINUTE, request(4, NOW + 3 * MINUTE))).isNull();
    }

    @Test
    void request_encoded_hasItsBytes() {
        String bytes = "0a10" + "00000000000000050000000000000006" + "10e807" + "1a03010203";
        Request request = new Request(new RequestId(new Uint128(5, 6)), 1000, new byte[] {1, 2, 3});
        assertThat(HexFormat.of().formatHex(request.encode())).isEqualTo(bytes);
        assertThat(Request.decode(HexFormat.of().parseHex(bytes)))
                .usingRecursiveComparison()
                .isEqualTo(request);
    }

    @Test
    void bytes_thatAreNoRequest_areRefused() {
        for (String bytes : List.of("", "0a02", "0a01001a0101", "0a10" + "00".repeat(16))) {
            assertThatThrownBy(() -> Request.decode(HexFormat.of().parseHex(bytes)))
                    .as(bytes)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void request_afterARunThatMetAColdRead_isStillKnown() {
        for (int reads = 0; reads < 12; reads++) {
            RequestsTest world = new RequestsTest();
            world.apply(world.entry(NOW - 5 * MINUTE, request(9, NOW - 5 * MINUTE)));
            Receipt first = Receipt.parse(
                    world.apply(world.entry(NOW, request(1, NOW))).get(0).answer());
            LogEntry[] run = {
                world.entry(NOW + MINUTE, request(1, NOW + MINUTE)),
                world.entry(NOW + 9 * MINUTE, request(2, NOW + 9 * MINUTE)),
                world.entry(NOW + 9 * MINUTE, request(3, NOW + 9 * MINUTE))
            };
            world.stored.readsLeft = reads;
            List<Outcome> outcomes;
            try {
                outcomes = world.apply(run);
            } catch (ColdReadException e) {
                world.stored.readsLeft = Integer.MAX_VALUE;
                outcomes = world.apply(run);
            }
            assertThat(Receipt.parse(outcomes.get(0).answer()))
                    .as("after " + reads + " reads")
                    .isEqualTo(first);
            assertThat(Receipt.parse(outcomes.get(2).answer()).position()).isEqualTo(4);
        }
    }

    @Test
    void request_thatIsNew_isLookedForOnlyUntilTheReplicaKnowsAWindow() {
        apply(entry(NOW, request(1, NOW)));
        apply(entry(NOW + 2 * MINUTE, request(2, NOW + 2 * MINUTE)));
        stored.requestReads = 0;
        apply(entry(NOW + 2 * MINUTE, request(3, NOW + 2 * MINUTE)));
        assertThat(stored.requestReads).isZero();
        Receipt second = Receipt.parse(apply(entry(NOW + 2 * MINUTE, request(2, NOW + 2 * MINUTE)))
                .get(0)
                .answer());
        assertThat(second.position()).isEqualTo(2);
    }

    @Test
    void request_atAReplicaThatWasStartedAnew_isKnown() {
        Receipt first = Receipt.parse(apply(entry(NOW, request(1, NOW))).get(0).answer());
        EntryApplier anew = new EntryApplier(PARTITION, new LedgerMachine(), SMALL);
        LogEntry again = entry(NOW + 1, request(1, NOW));
        Outcome outcome = anew.apply(List.of(again), 0, stored, ReadTier.MEMORY)
                .outcomes()
                .get(0);
        assertThat(Receipt.parse(outcome.answer())).isEqualTo(first);
    }

    /** The format of the rows; what an older version wrote must be found by a later one. */
    @Test
    void rows_ofAnAnswer_haveTheirBytes() {
        apply(entry(NOW, request(1, NOW)));
        assertThat(stored.requestRows())
                .containsExactly(
                        "ff=0a0508e8071001",
                        "ff" + "00000000000003e8" + "00000000000000000000000000000001" + "=" + "0000000000000001"
                                + "0000000000000001");
    }

    private @Nullable Reason refusal(long logMillis, Request request) {
        return apply(entry(logMillis, request)).get(0).refusal();
    }

    private static Request request(long id, long timeMillis) {
        return new Request(new RequestId(new Uint128(0, id)), timeMillis, LedgerMachine.command(Op.ADD, id, 5));
    }

    private LogEntry entry(long logMillis, Request request) {
        return new LogEntry(++index, 1, logMillis, 1, EntryKind.REQUEST, request.encode());
    }

    private List<Outcome> apply(LogEntry... entries) {
        AppliedRun run = applier.apply(List.of(entries), 0, stored, ReadTier.MEMORY);
        stored.write(run.batch());
        return run.outcomes();
    }

    /** The rows of a partition, in a map. */
    private static final class Stored implements RecordReader {
        private final TreeMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
        private int readsLeft = Integer.MAX_VALUE;
        private int requestReads;

        @Override
        public byte @Nullable [] get(Family family, byte[] key, ReadTier tier) {
            if (readsLeft-- <= 0) {
                throw ColdReadException.INSTANCE;
            }
            requestReads += (PartitionKeys.suffixOf(key)[0] & 0xff) == Requests.TABLE ? 1 : 0;
            return rows.get(key);
        }

        @Override
        public Cursor scan(Family family, byte[] from, byte @Nullable [] to) {
            throw new UnsupportedOperationException("nothing is to be scanned");
        }

        void write(RecordBatch batch) {
            batch.forEach(new RecordBatch.Visitor() {
                @Override
                public void put(RecordBatch.Put put) {
                    rows.put(put.key(), put.value());
                }

                @Override
                public void delete(RecordBatch.Delete delete) {
                    rows.remove(delete.key());
                }

                @Override
                public void deleteRange(RecordBatch.DeleteRange range) {
                    rows.subMap(range.from(), range.to()).clear();
                }
            });
        }

        long answers() {
            return requestRows().size() - 1;
        }

        List<String> requestRows() {
            List<String> texts = new ArrayList<>();
            rows.forEach((key, value) -> {
                byte[] suffix = PartitionKeys.suffixOf(key);
                if (suffix.length > 0 && (suffix[0] & 0xff) == Requests.TABLE) {
                    texts.add(HexFormat.of().formatHex(suffix) + "="
                            + HexFormat.of().formatHex(value));
                }
            });
            return texts;
        }
    }
}
