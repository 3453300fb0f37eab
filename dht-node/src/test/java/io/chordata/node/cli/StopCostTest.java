package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.PartitionsView.PartitionView;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes are digits; the one to be stopped is 1. */
class StopCostTest {
    private static NodeId node(int digit) {
        return new NodeId(new Uint128(0, digit));
    }

    private static List<NodeId> nodes(String digits) {
        return digits.chars().mapToObj(digit -> node(digit - '0')).toList();
    }

    private static List<Member> members(String digits, int tenure) {
        return nodes(digits).stream().map(node -> new Member(node, tenure)).toList();
    }

    /** @param group {@code [OUTGOING>]VOTERS[!RENEWED]}, the last being those of the others that come back in a later tenure */
    private static PartitionView partition(String group, String state) {
        String[] renewed = group.split("!", 2);
        String[] sets = renewed[0].split(">", 2);
        Configuration configuration = new Configuration(
                0,
                members(sets[sets.length - 1], 0),
                members(sets.length > 1 ? sets[0] : "", 0),
                members(renewed.length > 1 ? renewed[1] : "", 1));
        return new PartitionView(new PartitionId(0), state, 1, 0, 0, 0, 0, 0, 0, 0, configuration, configuration);
    }

    /** Each partition, then who answers beside node 1. */
    @ParameterizedTest
    @CsvSource({
        "1,23,true",
        "123,23,false",
        "123,3,true",
        "123,'',true",
        "12345,234,false",
        "12345,23,true",
        "234,2,false",
        "123 145,2345,false",
        "123 145,234,true",
        "1>123,23,true",
        "123>1,23,true",
        "123>145,2345,false",
        "123>145,234,true",
        "123>234,234,false",
        "123>234,2,true",
        "12345!45,2345,true",
        "12345!5,2345,false",
        "123!1,2,false",
        "123!3,23,true"
    })
    void majority_withoutTheNode_isThereOrNot(String partitions, String up, boolean isCost) {
        Set<NodeId> others = Set.copyOf(nodes(up));
        List<PartitionView> kept = Arrays.stream(partitions.split(" "))
                .map(voters -> partition(voters, "following"))
                .collect(Collectors.toList());

        assertThat(StopCost.isMajority(kept, node(1), others::contains)).isEqualTo(isCost);
        assertThat(StopCost.isMajority(List.of(partition("1", "failed")), node(1), others::contains))
                .isFalse();
    }
}
