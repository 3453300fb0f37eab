package io.chordata.node.ring.status;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.LookupResult.Reason;
import io.chordata.node.ring.status.LookupReport.End;
import io.chordata.node.ring.status.LookupReport.Found;
import io.chordata.node.ring.status.LookupReport.Hop;
import io.chordata.node.ring.status.LookupReport.Source;
import io.chordata.node.ring.status.LookupReport.Stopped;
import io.chordata.node.ring.status.StatusQuestion.AskFlows;
import io.chordata.node.ring.status.StatusQuestion.AskLookup;
import io.chordata.node.ring.status.StatusQuestion.AskPartitions;
import io.chordata.node.ring.status.StatusQuestion.AskPositions;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Questions and answers as bytes ({@code status.proto}). What decodes is possible in itself. */
final class StatusCodec {
    /** Where a page ends, so that no loop works on it for long; one position or partition more fits behind it in any message. */
    private static final int PAGE_BYTES = 64 << 10;

    private StatusCodec() {}

    static Buffer encode(StatusQuestion question) {
        StatusProtos.Question.Builder encoded = StatusProtos.Question.newBuilder();
        if (question instanceof AskLookup lookup) {
            encoded.getLookupBuilder().setId(bytes(lookup.id().value())).setViaFingers(lookup.viaFingers());
        } else if (question instanceof AskPositions positions) {
            encoded.getPositionsBuilder().setFromIndex(positions.fromIndex()).setFingers(positions.withFingers());
        } else if (question instanceof AskPartitions partitions) {
            encoded.getPartitionsBuilder().setFromNumber(partitions.fromNumber());
        } else if (question instanceof AskFlows) {
            encoded.setFlows(StatusProtos.AskFlows.getDefaultInstance());
        }
        return Buffer.buffer(encoded.build().toByteArray());
    }

    /** @throws MalformedException if it is none that is known here */
    static StatusQuestion question(Buffer bytes) {
        return decode(() -> {
            StatusProtos.Question question = StatusProtos.Question.parseFrom(bytes.getBytes());
            return switch (question.getKindCase()) {
                case POSITIONS ->
                    new AskPositions(
                            question.getPositions().getFromIndex(),
                            question.getPositions().getFingers());
                case LOOKUP ->
                    new AskLookup(
                            id(question.getLookup().getId()),
                            question.getLookup().getViaFingers());
                case PARTITIONS -> new AskPartitions(question.getPartitions().getFromNumber());
                case FLOWS -> new AskFlows();
                case KIND_NOT_SET -> throw new IllegalArgumentException("an unknown question");
            };
        });
    }

    /** The first page of these positions. */
    static Buffer encodePositions(List<PositionReport> positions) {
        StatusProtos.Positions.Builder page = StatusProtos.Positions.newBuilder();
        int size = 0;
        for (PositionReport position : positions) {
            if (size > PAGE_BYTES) {
                page.setMore(true);
                break;
            }
            StatusProtos.Position encoded = encode(position);
            size += encoded.getSerializedSize();
            page.addPositions(encoded);
        }
        return answer(StatusProtos.Answer.newBuilder().setPositions(page));
    }

    /** The first page of these partitions. */
    static Buffer encodePartitions(List<PartitionReport> partitions) {
        StatusProtos.Partitions.Builder page = StatusProtos.Partitions.newBuilder();
        int size = 0;
        for (PartitionReport partition : partitions) {
            if (size > PAGE_BYTES) {
                page.setMore(true);
                break;
            }
            StatusProtos.Partition encoded = encode(partition);
            size += encoded.getSerializedSize();
            page.addPartitions(encoded);
        }
        return answer(StatusProtos.Answer.newBuilder().setPartitions(page));
    }

    static Buffer encode(FlowReport report) {
        return answer(StatusProtos.Answer.newBuilder().setFlows(FlowCodec.encode(report)));
    }

    static Buffer encode(LookupReport report) {
        StatusProtos.Answer.Builder answer = StatusProtos.Answer.newBuilder();
        if (report instanceof Found found) {
            StatusProtos.Found.Builder encoded = answer.getFoundBuilder()
                    .setPosition(bytes(found.position().value()))
                    .setNode(bytes(found.node().value()));
            found.path().forEach(hop -> encoded.addPath(encode(hop)));
        } else if (report instanceof Stopped stopped) {
            encode(stopped, answer.getStoppedBuilder());
        }
        return answer(answer);
    }

    private static void encode(Stopped stopped, StatusProtos.Stopped.Builder encoded) {
        encoded.setReason(
                switch (stopped.reason()) {
                    case NOBODY_CLOSER -> StatusProtos.Reason.NOBODY_CLOSER;
                    case TOO_MANY_HOPS -> StatusProtos.Reason.TOO_MANY_HOPS;
                    case BUSY -> StatusProtos.Reason.BUSY;
                });
        End at = stopped.at();
        if (at != null) {
            encoded.setPosition(bytes(at.position().value()))
                    .setNode(bytes(at.node().value()));
        }
        stopped.path().forEach(hop -> encoded.addPath(encode(hop)));
    }

    private static Buffer answer(StatusProtos.Answer.Builder answer) {
        return Buffer.buffer(answer.build().toByteArray());
    }

    private static StatusProtos.Position encode(PositionReport position) {
        StatusProtos.Position.Builder encoded = StatusProtos.Position.newBuilder()
                .setIndex(position.index())
                .setCandidate(position.candidate())
                .setPredecessor(bytes(position.predecessor().value()));
        byte[] successors = new byte[position.successors().size() * Uint128.BYTES];
        for (int i = 0; i < position.successors().size(); i++) {
            position.successors().get(i).value().writeTo(successors, i * Uint128.BYTES);
        }
        position.fingers()
                .forEach(finger -> encoded.addFingersBuilder()
                        .setExponent(finger.exponent())
                        .setId(bytes(finger.id().value()))
                        .setNode(bytes(finger.node().value())));
        return encoded.setSuccessors(ByteString.copyFrom(successors)).build();
    }

    private static StatusProtos.Hop encode(Hop hop) {
        StatusProtos.Hop.Builder encoded = StatusProtos.Hop.newBuilder()
                .setNode(bytes(hop.node().value()))
                .setSource(
                        switch (hop.source()) {
                            case SELF -> StatusProtos.Source.SELF;
                            case FINGER -> StatusProtos.Source.FINGER;
                            case SUCCESSOR -> StatusProtos.Source.SUCCESSOR;
                            case CACHE -> StatusProtos.Source.CACHE;
                            case DIRECTORY -> StatusProtos.Source.DIRECTORY;
                        })
                .setRoundTripMicros(hop.roundTripMicros());
        if (hop.position() != null) {
            encoded.setPosition(bytes(hop.position().value()));
        }
        return encoded.build();
    }

    /** @throws MalformedException if it is no page of positions */
    static PositionsPage positions(Buffer bytes) {
        return decode(() -> {
            StatusProtos.Answer answer = StatusProtos.Answer.parseFrom(bytes.getBytes());
            require(answer.hasPositions(), "no answer to the question for positions");
            List<PositionReport> positions = new ArrayList<>();
            for (StatusProtos.Position position : answer.getPositions().getPositionsList()) {
                positions.add(decode(position));
            }
            return new PositionsPage(positions, answer.getPositions().getMore());
        });
    }

    private static StatusProtos.Partition encode(PartitionReport partition) {
        return StatusProtos.Partition.newBuilder()
                .setNumber(partition.partition().number())
                .setServing(partition.isServing())
                .setTerm(partition.term())
                .setCommitIndex(partition.commitIndex())
                .addAllVoters(bytes(partition.voters()))
                .addAllLearners(bytes(partition.learners()))
                .setChanging(partition.isChanging())
                .build();
    }

    private static List<ByteString> bytes(List<NodeId> nodes) {
        return nodes.stream().map(node -> bytes(node.value())).toList();
    }

    private static List<NodeId> nodes(List<ByteString> bytes) {
        return bytes.stream().map(StatusCodec::node).toList();
    }

    /** @throws MalformedException if it is no page of partitions */
    static PartitionsPage partitions(Buffer bytes) {
        return decode(() -> {
            StatusProtos.Answer answer = StatusProtos.Answer.parseFrom(bytes.getBytes());
            require(answer.hasPartitions(), "no answer to the question for partitions");
            List<PartitionReport> partitions = new ArrayList<>();
            for (StatusProtos.Partition partition : answer.getPartitions().getPartitionsList()) {
                partitions.add(new PartitionReport(
                        new PartitionId(partition.getNumber()),
                        partition.getServing(),
                        partition.getTerm(),
                        partition.getCommitIndex(),
                        nodes(partition.getVotersList()),
                        nodes(partition.getLearnersList()),
                        partition.getChanging()));
            }
            return new PartitionsPage(partitions, answer.getPartitions().getMore());
        });
    }

    /** @throws MalformedException if it is no report of flows */
    static FlowReport flows(Buffer bytes) {
        return decode(() -> {
            StatusProtos.Answer answer = StatusProtos.Answer.parseFrom(bytes.getBytes());
            require(answer.hasFlows(), "no answer to the question for flows");
            return FlowCodec.decode(answer.getFlows());
        });
    }

    /** @throws MalformedException if it is no report of a lookup */
    static LookupReport lookup(Buffer bytes) {
        return decode(() -> {
            StatusProtos.Answer answer = StatusProtos.Answer.parseFrom(bytes.getBytes());
            return switch (answer.getKindCase()) {
                case FOUND ->
                    new Found(
                            id(answer.getFound().getPosition()),
                            node(answer.getFound().getNode()),
                            path(answer.getFound().getPathList()));
                case STOPPED -> decode(answer.getStopped());
                case POSITIONS, PARTITIONS, FLOWS, KIND_NOT_SET ->
                    throw new IllegalArgumentException("no answer to a lookup");
            };
        });
    }

    private static Stopped decode(StatusProtos.Stopped stopped) {
        Reason reason = switch (stopped.getReason()) {
            case NOBODY_CLOSER -> Reason.NOBODY_CLOSER;
            case TOO_MANY_HOPS -> Reason.TOO_MANY_HOPS;
            case BUSY -> Reason.BUSY;
            case UNRECOGNIZED -> throw new IllegalArgumentException("an unknown reason");
        };
        End at = stopped.getPosition().isEmpty() ? null : new End(id(stopped.getPosition()), node(stopped.getNode()));
        return new Stopped(reason, at, path(stopped.getPathList()));
    }

    private static PositionReport decode(StatusProtos.Position position) {
        return new PositionReport(
                position.getIndex(),
                position.getCandidate(),
                id(position.getPredecessor()),
                successors(position.getSuccessors()),
                position.getFingersList().stream()
                        .map(finger ->
                                new FingerReport(finger.getExponent(), id(finger.getId()), node(finger.getNode())))
                        .toList());
    }

    private static List<RingId> successors(ByteString bytes) {
        require(bytes.size() % Uint128.BYTES == 0, bytes.size() + " bytes of successors");
        List<RingId> successors = new ArrayList<>();
        for (int at = 0; at < bytes.size(); at += Uint128.BYTES) {
            successors.add(id(bytes.substring(at, at + Uint128.BYTES)));
        }
        return successors;
    }

    private static List<Hop> path(List<StatusProtos.Hop> hops) {
        require(hops.size() <= LookupReport.HOPS_MAX, hops.size() + " hops");
        return hops.stream()
                .map(hop -> new Hop(
                        node(hop.getNode()),
                        hop.hasPosition() ? id(hop.getPosition()) : null,
                        source(hop.getSource()),
                        hop.getRoundTripMicros()))
                .toList();
    }

    private static Source source(StatusProtos.Source source) {
        return switch (source) {
            case SELF -> Source.SELF;
            case FINGER -> Source.FINGER;
            case SUCCESSOR -> Source.SUCCESSOR;
            case CACHE -> Source.CACHE;
            case DIRECTORY -> Source.DIRECTORY;
            case UNRECOGNIZED -> throw new IllegalArgumentException("an unknown source");
        };
    }

    private static ByteString bytes(Uint128 value) {
        return ByteString.copyFrom(value.toBytes());
    }

    private static RingId id(ByteString bytes) {
        return new RingId(number(bytes));
    }

    private static NodeId node(ByteString bytes) {
        return new NodeId(number(bytes));
    }

    private static Uint128 number(ByteString bytes) {
        require(bytes.size() == Uint128.BYTES, "an id has " + Uint128.BYTES + " bytes, not " + bytes.size());
        return Uint128.fromBytes(bytes.toByteArray(), 0);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private interface Decoding<T> {
        T decode() throws InvalidProtocolBufferException;
    }

    /** Values refuse what they cannot be by an {@link IllegalArgumentException}. */
    private static <T> T decode(Decoding<T> decoding) {
        try {
            return decoding.decode();
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }
}
