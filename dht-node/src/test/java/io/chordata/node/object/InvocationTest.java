package io.chordata.node.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.BucketId;
import io.chordata.node.core.RequestId;
import io.chordata.node.core.Uint128;
import io.chordata.node.object.Uploads.CreateRequest;
import io.chordata.node.object.Uploads.UploadName;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of clients that come a second time, and what becomes of the bodies that they bring again. */
class InvocationTest {
    private static final String BUCKET = "bucket";
    private static final BucketId FIRST = new BucketId(new Uint128(0, 1));
    private static final BucketId SECOND = new BucketId(new Uint128(0, 2));
    private static final byte[] LARGE = new byte[100_000];
    private static final WriteConditions NEW = new WriteConditions(null, true);

    private final SimObjects sim = new SimObjects(1);

    @BeforeEach
    void createBucket() {
        sim.run(() -> sim.layer.buckets().create(SimObjects.anew(), BUCKET));
    }

    @Test
    void body_thatARepeatedPutBrought_isDropped_andThatOfTheFirstStays() {
        loseAnswerTo(() -> put("k", 7));
        int blocks = sim.disk.size();
        StoredObject again = sim.run(() -> put("k", 7));
        assertThat(sim.disk.size()).isEqualTo(blocks);
        assertThat(sim.getBytes(BUCKET, "k")).isEqualTo(LARGE);
        assertThat(again.size()).isEqualTo(LARGE.length);
    }

    @Test
    void body_ofARepeatedPutThatWasNeverApplied_isKept() {
        sim.partitions.commandsLeft = 0;
        assertThat(sim.refusalOf(() -> put("k", 7))).isEqualTo(ObjectError.UNKNOWN_OUTCOME);
        sim.partitions.commandsLeft = Integer.MAX_VALUE;
        sim.run(() -> put("k", 7));
        assertThat(sim.getBytes(BUCKET, "k")).isEqualTo(LARGE);
    }

    @Test
    void body_ofAPutWhoseFirstAttemptWasRefused_isDropped() {
        sim.put(BUCKET, "k", "there before");
        loseAnswerTo(() -> put("k", 7));
        int blocks = sim.disk.size();
        sim.run(() -> sim.layer.objects().delete(SimObjects.anew(), BUCKET, new ObjectKey("k"), WriteConditions.NONE));
        assertThat(sim.refusalOf(() -> put("k", 7))).isEqualTo(ObjectError.PRECONDITION_FAILED);
        assertThat(sim.disk.size()).isEqualTo(blocks);
    }

    @Test
    void body_thatARepeatedPartBrought_isDropped() {
        CreateRequest create = new CreateRequest(BUCKET, new ObjectKey("k"), ObjectMetadata.EMPTY, null, null);
        UploadName upload = new UploadName(
                BUCKET, new ObjectKey("k"), sim.run(() -> sim.layer.uploads().create(SimObjects.anew(), create)));
        Supplier<Future<StoredPart>> part =
                () -> sim.layer.uploads().putPart(named(8), upload, 1, null, SimObjects.payload(LARGE));
        loseAnswerTo(part);
        int blocks = sim.disk.size();
        sim.run(part);
        assertThat(sim.disk.size()).isEqualTo(blocks);
        assertThat(sim.run(() -> sim.layer.uploads().listParts(upload, 0, 10)).parts())
                .hasSize(1);
    }

    @Test
    void ids_ofOneRequest_areTheSameAgain_inTheSameOrder() {
        Invocation first = named(1);
        Invocation again = named(1);
        RequestId id = first.next(FIRST);
        RequestId triedAgain = first.next(FIRST);
        assertThat(triedAgain).isNotEqualTo(id);
        assertThat(again.next(FIRST)).isEqualTo(id);
        assertThat(again.next(FIRST)).isEqualTo(triedAgain);
        assertThat(named(2).next(FIRST)).isNotEqualTo(id);
    }

    @Test
    void id_ofTheCommandThatCounts_isTheSame_alsoWhereAnotherBucketWasTriedBefore() {
        Invocation stale = named(1);
        stale.next(FIRST);
        assertThat(stale.next(SECOND)).isEqualTo(named(1).next(SECOND));
    }

    @Test
    void ids_ofRequestsWithoutAName_areAllDifferent() {
        Invocation unnamed = SimObjects.anew();
        assertThat(unnamed.next(FIRST)).isNotEqualTo(unnamed.next(FIRST));
        assertThat(unnamed.of(new byte[] {1}).next(FIRST)).isNotEqualTo(unnamed.next(FIRST));
    }

    private Future<StoredObject> put(String key, long name) {
        return sim.layer
                .objects()
                .put(
                        named(name),
                        new Objects.PutRequest(BUCKET, new ObjectKey(key), ObjectMetadata.EMPTY, NEW, null),
                        SimObjects.payload(LARGE));
    }

    private static Invocation named(long name) {
        return Invocation.named(new RequestId(new Uint128(0, name)), new SimRandom(1));
    }

    private void loseAnswerTo(Supplier<? extends Future<?>> operation) {
        sim.partitions.commandsLeft = 0;
        sim.partitions.lastIsApplied = true;
        sim.partitions.failure = Reason.UNKNOWN;
        assertThat(sim.refusalOf(operation)).isEqualTo(ObjectError.UNKNOWN_OUTCOME);
        sim.partitions.commandsLeft = Integer.MAX_VALUE;
    }
}
