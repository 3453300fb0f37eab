package io.chordata.node.ring.directory;

import com.google.protobuf.ByteString;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.NodeVitals;
import io.chordata.node.ring.view.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Claims about nodes as bytes. What is impossible is found before anything is believed. */
final class NodeCodec {
    /** So that counting on never comes near the end of the numbers. */
    static final long NUMBER_MAX = 1L << 53;

    private NodeCodec() {}

    static DirectoryProtos.Node encode(Update update) {
        Member member = update.member();
        DirectoryProtos.Node.Builder node = words(member.stated())
                .setNonce(member.standing().life().nonce())
                .setVersion(member.standing().version())
                .setVerdict(encode(member.verdict()))
                .setHasStopped(member.hasStopped())
                .setHoldsData(member.holdsData());
        if (update.load() != null) {
            node.setLoad(encode(update.load()));
        }
        if (update.accuser() != null) {
            node.setAccuser(encode(update.accuser()));
        }
        return node.build();
    }

    private static DirectoryProtos.Node.Builder words(NodeRecord record) {
        DirectoryProtos.Node.Builder node = DirectoryProtos.Node.newBuilder()
                .setId(encode(record.node()))
                .setIncarnation(record.contact().incarnation())
                .setAddress(encode(record.contact().address()))
                .setName(record.name())
                .setS3(encode(record.s3()))
                .setAdmin(encode(record.admin()))
                .setZone(record.zone())
                .setWeight(record.weight().thousandths())
                .setSoftware(record.software())
                .setStated(encode(record.stated()));
        byte[] candidates = new byte[record.candidates().size()];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i] = record.candidates().get(i).byteValue();
        }
        return node.setCandidates(ByteString.copyFrom(candidates));
    }

    static Update decode(DirectoryProtos.Node node) throws MalformedException {
        try {
            Life life = new Life(number(node.getIncarnation()), node.getNonce());
            Standing standing = new Standing(life, number(node.getVersion()), decode(node.getVerdict()));
            Member member = new Member(record(node), standing, node.getHasStopped(), node.getHoldsData());
            return new Update(member, optionalId(node.getAccuser()), node.hasLoad() ? decode(node.getLoad()) : null);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("impossible node: " + e.getMessage());
        }
    }

    private static NodeRecord record(DirectoryProtos.Node node) throws MalformedException {
        NodeState stated = decode(node.getStated());
        return new NodeRecord(
                new Contact(id(node.getId()), address(node.getAddress()), number(node.getIncarnation())),
                node.getName(),
                address(node.getS3()),
                address(node.getAdmin()),
                node.getZone(),
                new Weight(node.getWeight()),
                node.getSoftware(),
                candidates(node.getCandidates()),
                stated,
                stated);
    }

    private static List<Integer> candidates(ByteString bytes) {
        List<Integer> candidates = new ArrayList<>(bytes.size());
        for (byte candidate : bytes) {
            candidates.add((int) candidate);
        }
        return candidates;
    }

    static DirectoryProtos.Load encode(Load load) {
        NodeLoad figures = load.figures();
        DirectoryProtos.Load.Builder told = DirectoryProtos.Load.newBuilder()
                .setNumber(load.number())
                .setPartitions(figures.partitions())
                .setLeaders(figures.leaders())
                .setObjects(figures.objects())
                .setBlocks(figures.blocks())
                .setBytesUsed(figures.bytesUsed())
                .setBytesFree(figures.bytesFree())
                .setLoad(figures.load());
        encode(figures.vitals(), told);
        return told.build();
    }

    private static void encode(NodeVitals vitals, DirectoryProtos.Load.Builder load) {
        set(vitals.cpu(), load::setCpu);
        set(vitals.memoryBytesUsed(), load::setMemoryBytesUsed);
        set(vitals.memoryBytesMax(), load::setMemoryBytesMax);
        set(vitals.startedAt(), load::setStartedAt);
        set(vitals.scrubbedAt(), load::setScrubbedAt);
    }

    private static <T> void set(@Nullable T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    static Load decode(DirectoryProtos.Load load) throws MalformedException {
        try {
            NodeLoad figures = new NodeLoad(
                    load.getPartitions(),
                    load.getLeaders(),
                    load.getObjects(),
                    load.getBlocks(),
                    load.getBytesUsed(),
                    load.getBytesFree(),
                    load.getLoad(),
                    vitals(load));
            return new Load(number(load.getNumber()), figures);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("impossible load: " + e.getMessage());
        }
    }

    private static NodeVitals vitals(DirectoryProtos.Load load) {
        return new NodeVitals(
                load.hasCpu() ? load.getCpu() : null,
                load.hasMemoryBytesUsed() ? load.getMemoryBytesUsed() : null,
                load.hasMemoryBytesMax() ? load.getMemoryBytesMax() : null,
                load.hasStartedAt() ? load.getStartedAt() : null,
                load.hasScrubbedAt() ? load.getScrubbedAt() : null);
    }

    static DirectoryProtos.Address encode(NodeAddress address) {
        return DirectoryProtos.Address.newBuilder()
                .setHost(address.host())
                .setPort(address.port())
                .build();
    }

    /** @throws IllegalArgumentException if there can be none such */
    static NodeAddress address(DirectoryProtos.Address address) {
        return new NodeAddress(address.getHost(), address.getPort());
    }

    static ByteString encode(NodeId node) {
        return ByteString.copyFrom(node.value().toBytes());
    }

    static NodeId id(ByteString bytes) throws MalformedException {
        if (bytes.size() != Uint128.BYTES) {
            throw new MalformedException("an id has " + Uint128.BYTES + " bytes, not " + bytes.size());
        }
        return new NodeId(Uint128.fromBytes(bytes.toByteArray(), 0));
    }

    /** Null where there is none. */
    static @Nullable NodeId optionalId(ByteString bytes) throws MalformedException {
        return bytes.isEmpty() ? null : id(bytes);
    }

    static long number(long value) throws MalformedException {
        if (value < 1 || value > NUMBER_MAX) {
            throw new MalformedException("a number out of bounds: " + Long.toUnsignedString(value));
        }
        return value;
    }

    private static DirectoryProtos.Verdict encode(Verdict verdict) {
        return DirectoryProtos.Verdict.forNumber(verdict.ordinal());
    }

    private static Verdict decode(DirectoryProtos.Verdict verdict) throws MalformedException {
        if (verdict == DirectoryProtos.Verdict.UNRECOGNIZED) {
            throw new MalformedException("unknown verdict");
        }
        return Verdict.values()[verdict.getNumber()];
    }

    private static DirectoryProtos.Stated encode(NodeState state) {
        return switch (state) {
            case JOINING -> DirectoryProtos.Stated.JOINING;
            case ALIVE -> DirectoryProtos.Stated.ALIVE;
            case DRAINING -> DirectoryProtos.Stated.DRAINING;
            case SUSPECT, DOWN, DECOMMISSIONED -> throw new IllegalStateException("no node says of itself " + state);
        };
    }

    private static NodeState decode(DirectoryProtos.Stated stated) throws MalformedException {
        return switch (stated) {
            case JOINING -> NodeState.JOINING;
            case ALIVE -> NodeState.ALIVE;
            case DRAINING -> NodeState.DRAINING;
            case UNRECOGNIZED -> throw new MalformedException("unknown state");
        };
    }
}
