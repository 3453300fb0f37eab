package io.chordata.node.partition;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.ConfigurationCodec;
import io.chordata.node.partition.raft.LogProtos;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What nodes ask each other about partitions, as bytes ({@code groups.proto}). What decodes is possible in itself. */
final class GroupCodec {
    /** One word of a time without end would be believed for ever, as log time never goes back. */
    private static final long LAST_MILLIS = 253_402_300_799_999L;

    private GroupCodec() {}

    record PageQuestion(PartitionId partition, SnapshotRequest request) {}

    /** What a replica is asked for. */
    enum Kind {
        COMMAND,
        /** A command in its envelope, as {@link Request} encodes it. */
        REQUEST,
        QUERY,
        /** Whether it leads, and takes commands. */
        LEADING,
        /** A query, to be answered from the rows as they are. */
        EVENTUAL,
        /** Up to which index the log holds all that is acknowledged. */
        CONFIRM
    }

    /** @param content of the command, request or query */
    record Question(PartitionId partition, Kind kind, byte[] content) {}

    /**
     * What came of it: an answer or a refusal.
     *
     * @param timeMillis newest log time of the partition that is known where it comes from
     * @param knowledge who keeps the partition, as far as is known where it comes from; null where that was not said
     * @param ageMillis of the answer to an eventual query
     */
    record Reply(
            byte @Nullable [] answer,
            @Nullable Refusal refusal,
            long timeMillis,
            @Nullable GroupKnowledge knowledge,
            long ageMillis) {
        Reply(
                byte @Nullable [] answer,
                @Nullable Refusal refusal,
                long timeMillis,
                @Nullable GroupKnowledge knowledge) {
            this(answer, refusal, timeMillis, knowledge, 0);
        }
    }

    record Refusal(Reason reason, String detail) {}

    private interface Decoding<T> {
        T run() throws InvalidProtocolBufferException;
    }

    /** @throws MalformedException if there is no such partition */
    static PartitionId partition(Partitioning partitioning, int number) {
        if (number < 0 || number >= partitioning.count()) {
            throw new MalformedException("no partition " + Integer.toUnsignedString(number));
        }
        return new PartitionId(number);
    }

    private static <T> T decode(Decoding<T> decoding) {
        try {
            return decoding.run();
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }

    static Buffer encode(PartitionId partition, SnapshotRequest request) {
        return Buffer.buffer(GroupProtos.PageQuestion.newBuilder()
                .setPartition(partition.number())
                .setGeneration(request.generation())
                .setTenure(request.follower().tenure())
                .setIndex(request.index())
                .setAfter(ByteString.copyFrom(request.after()))
                .build()
                .toByteArray());
    }

    /**
     * @param from the follower
     * @throws MalformedException if it is none
     */
    static PageQuestion pageQuestion(NodeId from, Partitioning partitioning, Buffer bytes) {
        return decode(() -> {
            GroupProtos.PageQuestion question = GroupProtos.PageQuestion.parseFrom(bytes.getBytes());
            SnapshotRequest request = new SnapshotRequest(
                    question.getGeneration(),
                    new Member(from, question.getTenure()),
                    question.getIndex(),
                    question.getAfter().toByteArray());
            return new PageQuestion(partition(partitioning, question.getPartition()), request);
        });
    }

    static Buffer encode(SnapshotPage page) {
        GroupProtos.Page.Builder encoded = GroupProtos.Page.newBuilder()
                .setMark(page.mark().toProto())
                .setConfiguration(ConfigurationCodec.toProto(page.configuration()))
                .setConfigurationIndex(page.configuration().index())
                .setLevel(page.level())
                .setLast(page.isLast());
        page.rows()
                .forEach(row -> encoded.addRows(GroupProtos.Row.newBuilder()
                        .setKey(UnsafeByteOperations.unsafeWrap(row.key()))
                        .setValue(UnsafeByteOperations.unsafeWrap(row.value()))));
        return Buffer.buffer(encoded.build().toByteArray());
    }

    /** @throws MalformedException if it is none */
    static SnapshotPage page(Buffer bytes) {
        return decode(() -> {
            GroupProtos.Page page = GroupProtos.Page.parseFrom(bytes.getBytes());
            List<SnapshotPage.Row> rows = new ArrayList<>(page.getRowsCount());
            for (GroupProtos.Row row : page.getRowsList()) {
                require(!row.getKey().isEmpty(), "a row without a table");
                rows.add(new SnapshotPage.Row(
                        row.getKey().toByteArray(), row.getValue().toByteArray()));
            }
            AppliedMark mark = AppliedMark.of(page.getMark());
            require(mark.index() > 0 && mark.term() > 0 && mark.timeMillis() >= 0, "a state at " + mark);
            require(page.getLevel() > 0, "levels begin at 1");
            return new SnapshotPage(
                    mark,
                    configuration(page.getConfigurationIndex(), page.getConfiguration()),
                    page.getLevel(),
                    rows,
                    page.getLast());
        });
    }

    private static Configuration configuration(long index, LogProtos.Configuration configuration)
            throws InvalidProtocolBufferException {
        require(index >= 0, "a configuration at " + Long.toUnsignedString(index));
        return ConfigurationCodec.of(index, configuration);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new MalformedException(otherwise);
        }
    }

    static Buffer encode(Question question) {
        ByteString content = UnsafeByteOperations.unsafeWrap(question.content());
        GroupProtos.Question.Builder encoded = GroupProtos.Question.newBuilder()
                .setPartition(question.partition().number());
        GroupProtos.Question whole = switch (question.kind()) {
            case COMMAND -> encoded.setCommand(content).build();
            case REQUEST -> encoded.setRequest(content).build();
            case QUERY -> encoded.setQuery(content).build();
            case LEADING ->
                encoded.setLeading(GroupProtos.Leading.getDefaultInstance()).build();
            case EVENTUAL -> encoded.setEventualQuery(content).build();
            case CONFIRM ->
                encoded.setConfirm(GroupProtos.Confirm.getDefaultInstance()).build();
        };
        return Buffer.buffer(whole.toByteArray());
    }

    /** @throws MalformedException if it is none */
    static Question question(Partitioning partitioning, Buffer bytes) {
        return decode(() -> {
            GroupProtos.Question question = GroupProtos.Question.parseFrom(bytes.getBytes());
            PartitionId partition = partition(partitioning, question.getPartition());
            return switch (question.getKindCase()) {
                case COMMAND -> {
                    require(!question.getCommand().isEmpty(), "an empty command");
                    yield new Question(
                            partition, Kind.COMMAND, question.getCommand().toByteArray());
                }
                case REQUEST -> {
                    byte[] request = question.getRequest().toByteArray();
                    Request.decode(request);
                    yield new Question(partition, Kind.REQUEST, request);
                }
                case QUERY ->
                    new Question(partition, Kind.QUERY, question.getQuery().toByteArray());
                case LEADING -> new Question(partition, Kind.LEADING, new byte[0]);
                case EVENTUAL_QUERY ->
                    new Question(
                            partition,
                            Kind.EVENTUAL,
                            question.getEventualQuery().toByteArray());
                case CONFIRM -> new Question(partition, Kind.CONFIRM, new byte[0]);
                case KIND_NOT_SET -> throw new MalformedException("an unknown question");
            };
        });
    }

    static Buffer encode(Reply reply) {
        GroupProtos.Reply.Builder encoded =
                GroupProtos.Reply.newBuilder().setTimeMillis(reply.timeMillis()).setAgeMillis(reply.ageMillis());
        byte[] answer = reply.answer();
        Refusal refusal = reply.refusal();
        if (answer != null) {
            encoded.setAnswer(UnsafeByteOperations.unsafeWrap(answer));
        } else if (refusal != null) {
            encoded.setRefusal(GroupProtos.Refusal.newBuilder()
                    .setReason(encode(refusal.reason()))
                    .setDetail(refusal.detail()));
        }
        GroupKnowledge knowledge = reply.knowledge();
        if (knowledge != null) {
            encoded.setKnowledge(encode(knowledge));
        }
        return Buffer.buffer(encoded.build().toByteArray());
    }

    private static GroupProtos.Refusal.Reason encode(Reason reason) {
        return switch (reason) {
            case TOO_BUSY -> GroupProtos.Refusal.Reason.TOO_BUSY;
            case DISK_FULL -> GroupProtos.Refusal.Reason.DISK_FULL;
            case NOT_LEADER -> GroupProtos.Refusal.Reason.NOT_LEADER;
            case NOT_SERVING -> GroupProtos.Refusal.Reason.NOT_SERVING;
            case EXPIRED -> GroupProtos.Refusal.Reason.EXPIRED;
            case UNSUPPORTED -> GroupProtos.Refusal.Reason.UNSUPPORTED;
            case UNKNOWN -> GroupProtos.Refusal.Reason.UNKNOWN;
        };
    }

    private static GroupProtos.Knowledge.Builder encode(GroupKnowledge knowledge) {
        GroupProtos.Knowledge.Builder encoded = GroupProtos.Knowledge.newBuilder()
                .setGeneration(knowledge.generation())
                .setConfiguration(ConfigurationCodec.toProto(knowledge.configuration()))
                .setConfigurationIndex(knowledge.configuration().index())
                .setTerm(knowledge.term());
        Member leader = knowledge.leader();
        return leader == null ? encoded : encoded.setLeader(ConfigurationCodec.encode(leader));
    }

    /**
     * @param partition that was asked about
     * @throws MalformedException if it is none
     */
    static Reply reply(PartitionId partition, Buffer bytes) {
        return decode(() -> {
            GroupProtos.Reply reply = GroupProtos.Reply.parseFrom(bytes.getBytes());
            long time = reply.getTimeMillis();
            require(time >= 0 && time <= LAST_MILLIS, "a time before 1970 or after 9999");
            require(reply.getAgeMillis() >= 0, "an age above 2^63 - 1");
            GroupKnowledge knowledge = reply.hasKnowledge() ? knowledge(partition, reply.getKnowledge()) : null;
            return switch (reply.getOutcomeCase()) {
                case ANSWER -> new Reply(reply.getAnswer().toByteArray(), null, time, knowledge, reply.getAgeMillis());
                case REFUSAL -> new Reply(null, refusal(reply.getRefusal()), time, knowledge);
                case OUTCOME_NOT_SET -> throw new MalformedException("an unknown outcome");
            };
        });
    }

    private static Refusal refusal(GroupProtos.Refusal refusal) {
        return new Refusal(reason(refusal.getReason()), refusal.getDetail());
    }

    /** What is not known here may mean anything. */
    private static Reason reason(GroupProtos.Refusal.Reason reason) {
        return switch (reason) {
            case TOO_BUSY -> Reason.TOO_BUSY;
            case DISK_FULL -> Reason.DISK_FULL;
            case NOT_LEADER -> Reason.NOT_LEADER;
            case NOT_SERVING -> Reason.NOT_SERVING;
            case EXPIRED -> Reason.EXPIRED;
            case UNSUPPORTED -> Reason.UNSUPPORTED;
            case UNKNOWN, NONE, UNRECOGNIZED -> Reason.UNKNOWN;
        };
    }

    private static GroupKnowledge knowledge(PartitionId partition, GroupProtos.Knowledge knowledge)
            throws InvalidProtocolBufferException {
        require(knowledge.getGeneration() >= 0 && knowledge.getTerm() >= 0, "a generation or term above 2^63 - 1");
        return new GroupKnowledge(
                partition,
                knowledge.getGeneration(),
                configuration(knowledge.getConfigurationIndex(), knowledge.getConfiguration()),
                knowledge.hasLeader() ? ConfigurationCodec.decode(knowledge.getLeader()) : null,
                knowledge.getTerm());
    }
}
