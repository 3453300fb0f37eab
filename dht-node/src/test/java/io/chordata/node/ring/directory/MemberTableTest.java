package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemberTableTest {
    private final MemberTable table = new MemberTable();
    private final MemberTable other = new MemberTable();

    @Test
    void hashes_ofEqualTables_areEqualWhateverTheOrder() {
        for (int number = 0; number < 200; number++) {
            table.add(Nodes.member(number, 1, 1, Verdict.LIVE));
            other.add(Nodes.member(199 - number, 1, 1, Verdict.LIVE));
        }
        assertThat(table.differing(other.hashes())).isZero();
    }

    @Test
    void hashes_afterAChange_differInItsBucketOnly() {
        Entry entry = table.add(Nodes.member(7, 1, 1, Verdict.LIVE));
        other.add(Nodes.member(7, 1, 1, Verdict.LIVE));
        long bucket = 1L << MemberTable.bucketOf(Nodes.id(7));
        for (Member changed : new Member[] {
            Nodes.member(7, 1, 2, Verdict.LIVE),
            Nodes.member(7, 2, 1, Verdict.LIVE),
            Nodes.member(7, 1, 1, Verdict.DOWN),
            Nodes.member(7, 1, 1, Verdict.DECOMMISSIONED)
        }) {
            table.change(entry, changed);
            assertThat(table.differing(other.hashes())).as("%s", changed).isEqualTo(bucket);
        }
        table.change(entry, Nodes.member(7, 1, 1, Verdict.SUSPECT));
        assertThat(table.differing(other.hashes())).as("suspicion passes").isZero();
        table.remove(entry);
        assertThat(table.differing(other.hashes())).isEqualTo(bucket);
    }

    @Test
    void counts_ofUpAndDown_followEachChange() {
        Entry entry = table.add(Nodes.member(1, 1, 1, Verdict.LIVE));
        table.add(Nodes.member(2, 1, 1, Verdict.SUSPECT));
        assertThat(table.upCount()).isEqualTo(2);
        table.change(entry, Nodes.member(1, 1, 1, Verdict.DOWN));
        assertThat(table.upCount()).isEqualTo(1);
        assertThat(table.downCount()).isEqualTo(1);
        table.remove(entry);
        assertThat(table.downCount()).isZero();
    }

    @Test
    void range_betweenIds_leavesOutTheFirst() {
        for (int number = 0; number < 10; number++) {
            table.add(Nodes.member(number, 1, 1, Verdict.LIVE));
        }
        var ids = table.range(null, null).keySet().stream().toList();
        assertThat(table.range(ids.get(2), ids.get(5)).keySet()).containsExactlyElementsOf(ids.subList(3, 6));
    }
}
