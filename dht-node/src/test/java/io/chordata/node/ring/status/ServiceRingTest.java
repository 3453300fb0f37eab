package io.chordata.node.ring.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.Finger;
import io.chordata.node.ring.HopSource;
import io.chordata.node.ring.LookupResult;
import io.chordata.node.ring.Pointers;
import io.chordata.node.ring.RingPhase;
import io.chordata.node.ring.RingStatus;
import io.chordata.node.ring.status.LookupReport.End;
import io.chordata.node.ring.status.LookupReport.Found;
import io.chordata.node.ring.status.LookupReport.Hop;
import io.chordata.node.ring.status.LookupReport.Source;
import io.chordata.node.ring.status.LookupReport.Stopped;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceRingTest {
    private static final Contact OWN = contact(1);
    private static final Contact OTHER = contact(2);
    private static final List<Position> OWN_PLACES =
            IntStream.range(0, 3).mapToObj(index -> Position.of(OWN, index, 5)).toList();
    private static final Position ELSEWHERE = Position.of(OTHER, 0, 0);

    private static Contact contact(int number) {
        return new Contact(new NodeId(new Uint128(7, number)), new NodeAddress("node-" + number, 7000), 1);
    }

    /** In the order of the ring, as the service has them. */
    private static List<Pointers> pointers() {
        List<Position> ring = new ArrayList<>(Stream.concat(OWN_PLACES.stream(), Stream.of(ELSEWHERE))
                .sorted()
                .toList());
        List<Pointers> pointers = new ArrayList<>();
        for (int i = 0; i < ring.size(); i++) {
            Position at = ring.get(i);
            if (!at.equals(ELSEWHERE)) {
                Position before = ring.get(Math.floorMod(i - 1, ring.size()));
                Position next = ring.get((i + 1) % ring.size());
                Position afterNext = ring.get((i + 2) % ring.size());
                pointers.add(new Pointers(at, before, List.of(next, afterNext)));
            }
        }
        return pointers;
    }

    private static Finger finger(int place, int exponent) {
        RingId start = OWN_PLACES.get(place).id().plus(FingerReport.distance(exponent));
        return new Finger(start, ELSEWHERE);
    }

    @Test
    void positions_ofTheService_areReportedByIndexWithTheirOwnFingers() {
        RingStatus status = new RingStatus(
                OWN, RingPhase.JOINED, pointers(), List.of(finger(2, 127), finger(0, 64), finger(2, 63), finger(2, 0)));

        List<PositionReport> reports = ServiceRing.reports(status, true);

        assertThat(reports).extracting(PositionReport::index).containsExactly(0, 1, 2);
        assertThat(reports).extracting(PositionReport::candidate).containsOnly(5);
        assertThat(reports.get(0).fingers()).extracting(FingerReport::exponent).containsExactly(64);
        assertThat(reports.get(1).fingers()).isEmpty();
        assertThat(reports.get(2).fingers())
                .containsExactly(
                        new FingerReport(0, ELSEWHERE.id(), OTHER.node()),
                        new FingerReport(63, ELSEWHERE.id(), OTHER.node()),
                        new FingerReport(127, ELSEWHERE.id(), OTHER.node()));
        for (Pointers own : pointers()) {
            PositionReport report = reports.get(own.at().index());
            assertThat(report.predecessor()).isEqualTo(own.predecessor().id());
            assertThat(report.successors())
                    .isEqualTo(own.successors().stream().map(Position::id).toList());
        }
        assertThat(ServiceRing.reports(status, false))
                .allMatch(report -> report.fingers().isEmpty());
    }

    @Test
    void results_ofTheRing_areReportedWithTheirPath() {
        List<LookupResult.Hop> path = List.of(
                new LookupResult.Hop(OWN.node(), null, HopSource.SELF, 0),
                new LookupResult.Hop(OTHER.node(), ELSEWHERE, HopSource.CACHE, 3_141),
                new LookupResult.Hop(OTHER.node(), ELSEWHERE, HopSource.ENTRY, 999));
        RingId id = new RingId(Uint128.ZERO);
        List<Hop> reported = List.of(
                new Hop(OWN.node(), null, Source.SELF, 0),
                new Hop(OTHER.node(), ELSEWHERE.id(), Source.CACHE, 3_141),
                new Hop(OTHER.node(), ELSEWHERE.id(), Source.DIRECTORY, 999));

        assertThat(LookupReport.of(new LookupResult.Found(id, ELSEWHERE, OWN_PLACES.get(0), List.of(), path)))
                .isEqualTo(new Found(ELSEWHERE.id(), OTHER.node(), reported));
        assertThat(LookupReport.of(new LookupResult.Stopped(id, LookupResult.Reason.BUSY, null, List.of())))
                .isEqualTo(new Stopped(LookupResult.Reason.BUSY, null, List.of()));
        assertThat(LookupReport.of(new LookupResult.Stopped(id, LookupResult.Reason.TOO_MANY_HOPS, ELSEWHERE, path)))
                .isEqualTo(new Stopped(
                        LookupResult.Reason.TOO_MANY_HOPS, new End(ELSEWHERE.id(), OTHER.node()), reported));
    }
}
