package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.directory.DirectoryMessage.Gossip;
import io.chordata.node.ring.directory.DirectoryMessage.Header;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Thousands of nodes that nobody ever saw, as messages and as an image. Nobody listens where they are said to be. */
public final class LargeDirectory {
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final NodeAddress NOWHERE = new NodeAddress("127.0.0.1", 1);

    private LargeDirectory() {}

    private static Member member(int number, int places) {
        NodeRecord record = new NodeRecord(
                new Contact(new NodeId(new Uint128((number + 1) * MIX, number)), NOWHERE, 1),
                "node-" + number,
                NOWHERE,
                NOWHERE,
                "zone-" + number % 3,
                Weight.ONE,
                "1.0",
                Collections.nCopies(places, number % 64),
                NodeState.ALIVE,
                NodeState.ALIVE);
        return new Member(record, new Standing(new Life(1, number), 1, Verdict.LIVE), false, true);
    }

    /** What a node has on disk that knows so many others. */
    public static byte[] image(int count, int places) {
        return ImageCodec.encode(IntStream.range(0, count)
                .mapToObj(number -> member(number, places))
                .toList());
    }

    /** Gossip of {@code self} about as many nodes, from that number on, as go into so many bytes. */
    public static byte[] gossip(NodeRecord self, int first, int places, int bytesMax) {
        Life life = new Life(self.contact().incarnation(), 6);
        List<Update> news = new ArrayList<>();
        news.add(new Update(new Member(self, new Standing(life, 1, Verdict.LIVE), false, true), null, null));
        int left = bytesMax - 1_000;
        for (int number = first; left > 0; number++) {
            Update update = new Update(member(number, places), null, null);
            news.add(update);
            left -= update.bytesMax();
        }
        return DirectoryCodec.encode(new DirectoryMessage(new Header(life, 1, 0, null), new Gossip(), news));
    }
}
