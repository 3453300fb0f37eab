package io.chordata.node.partition.raft;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Nodes and members by small numbers. */
final class Members {
    private Members() {}

    static NodeId node(int number) {
        return new NodeId(new Uint128(0, number));
    }

    static int numberOf(NodeId node) {
        return (int) node.value().low();
    }

    /** One that founded the group. */
    static Member founder(int number) {
        return new Member(node(number), 0);
    }

    static List<Member> founders(int... numbers) {
        return Arrays.stream(numbers).mapToObj(Members::founder).toList();
    }

    /** Those of {@code members} whose place is a one in {@code bits}. */
    static List<Member> subset(List<Member> members, int bits) {
        List<Member> chosen = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            if ((bits >> i & 1) == 1) {
                chosen.add(members.get(i));
            }
        }
        return chosen;
    }
}
