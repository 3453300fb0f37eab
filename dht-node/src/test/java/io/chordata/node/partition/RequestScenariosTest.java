package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.LedgerMachine.Receipt;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.ReplicaSimulation.Node;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.sim.SimClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What becomes of a request that is tried again, told one by one. */
class RequestScenariosTest {
    private static final int MAX_EVENTS = 1_000_000;

    private final ReplicaSimulation world = ReplicaSimulation.calm(1, RequestRules.ONCE);
    private final SimClock clock = new SimClock(world.scheduler());

    @Test
    void retry_on_another_leader_getsTheFirstAnswer() {
        Request request = request();
        Receipt first = answer(request);
        growToThree();
        leader().crash();
        await(() -> world.leaderNode() != null);
        assertThat(answer(request)).isEqualTo(first);
    }

    @Test
    void retry_after_a_restart_getsTheFirstAnswer() {
        Request request = request();
        Receipt first = answer(request);
        restart(0);
        assertThat(answer(request)).isEqualTo(first);
    }

    @Test
    void retry_at_one_that_was_sent_the_state_whole_getsTheFirstAnswer() {
        Request request = request();
        Receipt first = answer(request);
        for (int i = 0; i < 60; i++) {
            answer(request());
            world.runFor(200);
        }
        growToThree();
        assertThat(world.installs()).isPositive();
        leader().crash();
        await(() -> world.leaderNode() != null);
        assertThat(answer(request)).isEqualTo(first);
    }

    @Test
    void retry_that_another_coordinator_dates_anew_getsTheFirstAnswer() {
        Request request = request();
        Receipt first = answer(request);
        world.runFor(59_000);
        assertThat(answer(new Request(request.id(), clock.wallMillis(), request.command())))
                .isEqualTo(first);
        world.runFor(59_000);
        assertThat(answer(request())).isNotEqualTo(first);
    }

    @Test
    void retry_after_expiry_isRefused_andNothingHappens() {
        Request lost = request();
        world.runFor(61_000);
        assertThat(refusal(lost)).isEqualTo(Reason.EXPIRED);
        assertThat(Reason.EXPIRED.isOutcomeKnown()).isTrue();
        Receipt next = answer(request());
        assertThat(next.position()).isEqualTo(1);
    }

    @Test
    void retry_long_after_it_was_applied_isRefused_asItsAnswerIsGone() {
        Request request = request();
        Receipt first = answer(request);
        world.runFor(200_000);
        answer(request());
        assertThat(refusal(request)).isEqualTo(Reason.EXPIRED);
        assertThat(answer(request()).position()).isEqualTo(first.position() + 2);
    }

    @Test
    void request_of_a_coordinator_whoseClockIsAhead_isRefused() {
        Request request = request();
        Request ahead = new Request(request.id(), clock.wallMillis() + 120_000, request.command());
        assertThat(refusal(ahead)).isEqualTo(Reason.EXPIRED);
        assertThat(answer(request).position()).isEqualTo(1);
    }

    private Request request() {
        long id = world.nextId();
        return new Request(RequestClients.requestId(id), clock.wallMillis(), LedgerMachine.command(Op.ADD, id, 10));
    }

    private Receipt answer(Request request) {
        Future<byte[]> outcome = outcome(request);
        assertThat(outcome.cause()).isNull();
        return Receipt.parse(outcome.result());
    }

    private Reason refusal(Request request) {
        return ((PartitionRefusedException) outcome(request).cause()).reason();
    }

    private Future<byte[]> outcome(Request request) {
        Promise<byte[]> promise = Promise.promise();
        Node node = leader();
        node.onLoop(() -> replica(node).propose(request).onComplete(promise));
        await(promise.future()::isComplete);
        return promise.future();
    }

    private Node leader() {
        return Objects.requireNonNull(world.leaderNode());
    }

    private static PartitionReplica replica(Node node) {
        return Objects.requireNonNull(node.replica());
    }

    private void restart(int place) {
        world.node(place).crash();
        world.node(place).boot();
        await(() -> world.leaderNode() != null);
    }

    private void growToThree() {
        change(new Change.AddLearner(world.node(1).id));
        change(new Change.AddLearner(world.node(2).id));
        change(new Change.EnterJoint(replica(leader()).group().configuration().members()));
        change(new Change.LeaveJoint());
    }

    private void change(Change change) {
        await(() -> replica(leader()).group().refusal(change) == null);
        leader().onLoop(() -> replica(leader()).group().change(change));
        world.runFor(500);
    }

    private void await(BooleanSupplier condition) {
        world.scheduler().runUntil(condition::getAsBoolean, MAX_EVENTS);
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
