package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.PartitionsView.PartitionView;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.TestNodes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionsViewTest {
    private static final Configuration BEFORE = new Configuration(3, members(1, 2, 3), List.of(), List.of());
    private static final Configuration JOINT = new Configuration(5, members(1, 2, 4), members(1, 2, 3), List.of());
    private static final Configuration AFTER = new Configuration(7, members(1, 2, 4), List.of(), List.of());

    private static List<Member> members(int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(number -> new Member(TestNodes.id(number), 1))
                .toList();
    }

    private static List<NodeId> nodes(int... numbers) {
        return IntStream.of(numbers).mapToObj(TestNodes::id).toList();
    }

    private static PartitionView view(Configuration configuration, Configuration committed) {
        return new PartitionView(new PartitionId(1), "serving", 2, 9, 9, 0, 0, 0, 0, 0, configuration, committed);
    }

    @Test
    void voters_whileTheyChange_areThoseBeforeAndThoseAfter() {
        assertThat(view(BEFORE, BEFORE).voters()).isEqualTo(nodes(1, 2, 3));
        assertThat(view(JOINT, BEFORE).voters()).isEqualTo(nodes(1, 2, 3, 4));
        assertThat(view(JOINT, JOINT).voters()).isEqualTo(nodes(1, 2, 3, 4));
        assertThat(view(AFTER, JOINT).voters()).isEqualTo(nodes(1, 2, 3, 4));
        assertThat(view(AFTER, AFTER).voters()).isEqualTo(nodes(1, 2, 4));
    }

    /** A leader that is lost before the last step is committed leaves others behind that know of the change alone. */
    @Test
    void voters_beforeTheLastStepIsCommitted_areChanging() {
        assertThat(view(BEFORE, BEFORE).isChanging()).isFalse();
        assertThat(view(JOINT, BEFORE).isChanging()).isTrue();
        assertThat(view(JOINT, JOINT).isChanging()).isTrue();
        assertThat(view(AFTER, JOINT).isChanging()).isTrue();
        assertThat(view(AFTER, AFTER).isChanging()).isFalse();
    }
}
