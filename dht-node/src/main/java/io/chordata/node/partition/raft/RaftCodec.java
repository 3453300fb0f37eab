package io.chordata.node.partition.raft;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import java.util.ArrayList;
import java.util.List;

/**
 * What groups say to each other, as bytes. One frame holds all that one turn of a loop has to say to one node. Who sends is
 * taken from the connection, which has proved it, never from the frame.
 */
public final class RaftCodec {
    private RaftCodec() {}

    /**
     * What came in one piece.
     *
     * @param wallMillis what the sender's clock showed; 0 where it did not say, and whatever it likes otherwise
     */
    public record Frame(long wallMillis, List<Addressed> messages) {}

    /** A message together with the partition whose group it is for. */
    public record Addressed(PartitionId partition, RaftMessage message) {}

    /** @param messages all to the same node */
    public static byte[] encode(List<Addressed> messages) {
        return encode(messages, 0, Integer.MAX_VALUE).get(0);
    }

    /**
     * As many frames as it takes, in order.
     *
     * @param messages all to the same node
     * @param wallMillis what the clock of this node shows; 0 to say nothing of it
     * @param maxBytes of a frame, unless a single message is larger
     */
    public static List<byte[]> encode(List<Addressed> messages, long wallMillis, int maxBytes) {
        List<byte[]> frames = new ArrayList<>();
        RaftProtos.Frame.Builder frame = RaftProtos.Frame.newBuilder().setWallMillis(wallMillis);
        long bytes = 0;
        for (Addressed addressed : messages) {
            RaftProtos.Said said = said(addressed);
            int size = CodedOutputStream.computeMessageSize(RaftProtos.Frame.SAID_FIELD_NUMBER, said);
            if (bytes > 0 && bytes + size > maxBytes) {
                frames.add(frame.build().toByteArray());
                frame.clear().setWallMillis(wallMillis);
                bytes = 0;
            }
            frame.addSaid(said);
            bytes += size;
        }
        frames.add(frame.build().toByteArray());
        return frames;
    }

    private static RaftProtos.Said said(Addressed addressed) {
        RaftMessage message = addressed.message();
        RaftProtos.Said.Builder said = RaftProtos.Said.newBuilder()
                .setPartition(addressed.partition().number())
                .setFromTenure(message.from().tenure())
                .setToTenure(message.to().tenure())
                .setGeneration(message.generation())
                .setTerm(message.term());
        message.body().accept(message, new BodyEncoder(said));
        return said.build();
    }

    /**
     * @param from who sent it
     * @param to this node
     * @throws InvalidProtocolBufferException if any part of it is nothing that a group could say
     */
    public static List<Addressed> decode(NodeId from, NodeId to, byte[] frame) throws InvalidProtocolBufferException {
        return read(from, to, frame).messages();
    }

    /** The same, with what the sender's clock showed. */
    public static Frame read(NodeId from, NodeId to, byte[] bytes) throws InvalidProtocolBufferException {
        RaftProtos.Frame frame = RaftProtos.Frame.parseFrom(bytes);
        List<Addressed> messages = new ArrayList<>();
        for (RaftProtos.Said said : frame.getSaidList()) {
            messages.add(decode(from, to, said));
        }
        return new Frame(frame.getWallMillis(), messages);
    }

    private static Addressed decode(NodeId from, NodeId to, RaftProtos.Said said)
            throws InvalidProtocolBufferException {
        try {
            RaftMessage message = new RaftMessage(
                    new Member(from, said.getFromTenure()),
                    new Member(to, said.getToTenure()),
                    notNegative("generation", said.getGeneration()),
                    notNegative("term", said.getTerm()),
                    BodyDecoder.decode(said));
            return new Addressed(new PartitionId(said.getPartition()), message);
        } catch (IllegalArgumentException e) {
            throw new InvalidProtocolBufferException(new IllegalArgumentException(
                    "partition " + said.getPartition() + " from " + from + ": " + e.getMessage(), e));
        }
    }

    static long notNegative(String what, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(what + " is " + Long.toUnsignedString(number) + ", above 2^63 - 1");
        }
        return number;
    }
}
