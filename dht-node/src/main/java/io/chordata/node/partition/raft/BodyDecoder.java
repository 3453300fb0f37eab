package io.chordata.node.partition.raft;

import static io.chordata.node.partition.raft.RaftCodec.notNegative;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.AppendAnswer;
import io.chordata.node.partition.raft.RaftMessage.Body;
import io.chordata.node.partition.raft.RaftMessage.CampaignNow;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.partition.raft.RaftMessage.HeartbeatAnswer;
import io.chordata.node.partition.raft.RaftMessage.SnapshotOffer;
import io.chordata.node.partition.raft.RaftMessage.VoteAnswer;
import io.chordata.node.partition.raft.RaftMessage.VoteRequest;
import java.util.ArrayList;
import java.util.List;

/** Reads the body of a message, and refuses what the machine relies on not to get. */
final class BodyDecoder {
    private BodyDecoder() {}

    /** @throws IllegalArgumentException if nobody could have said it */
    static Body decode(RaftProtos.Said said) throws InvalidProtocolBufferException {
        return switch (said.getBodyCase()) {
            case VOTE_REQUEST -> decode(said.getVoteRequest());
            case VOTE_ANSWER ->
                new VoteAnswer(
                        said.getVoteAnswer().getPreVote(), said.getVoteAnswer().getGranted());
            case APPEND -> decode(said.getAppend(), said.getTerm());
            case APPEND_ANSWER -> decode(said.getAppendAnswer());
            case HEARTBEAT -> decode(said.getHeartbeat());
            case HEARTBEAT_ANSWER -> decode(said.getHeartbeatAnswer());
            case SNAPSHOT_OFFER ->
                new SnapshotOffer(
                        notNegative("index", said.getSnapshotOffer().getIndex()),
                        notNegative("term", said.getSnapshotOffer().getIndexTerm()));
            case CAMPAIGN_NOW -> new CampaignNow();
            case BODY_NOT_SET -> throw new IllegalArgumentException("it says nothing that this version knows");
        };
    }

    private static VoteRequest decode(RaftProtos.VoteRequest request) {
        return new VoteRequest(
                request.getPreVote(),
                request.getTransfer(),
                notNegative("last index", request.getLastIndex()),
                notNegative("last term", request.getLastTerm()));
    }

    private static AppendAnswer decode(RaftProtos.AppendAnswer answer) {
        return new AppendAnswer(
                answer.getAccepted(),
                notNegative("index", answer.getIndex()),
                notNegative("hint", answer.getHintIndex()),
                notNegative("term of the hint", answer.getHintTerm()),
                level(answer.getLevel()));
    }

    private static Heartbeat decode(RaftProtos.Heartbeat heartbeat) {
        return new Heartbeat(
                notNegative("commit", heartbeat.getCommit()),
                notNegative("configuration", heartbeat.getConfiguration()),
                notNegative("round", heartbeat.getRound()));
    }

    private static HeartbeatAnswer decode(RaftProtos.HeartbeatAnswer answer) {
        return new HeartbeatAnswer(
                notNegative("configuration", answer.getConfiguration()),
                notNegative("round", answer.getRound()),
                level(answer.getLevel()));
    }

    private static int level(int level) {
        if (level < 1) {
            throw new IllegalArgumentException("levels begin at 1, got " + Integer.toUnsignedString(level));
        }
        return level;
    }

    private static Append decode(RaftProtos.Append append, long term) throws InvalidProtocolBufferException {
        long prevIndex = notNegative("index before", append.getPrevIndex());
        long prevTerm = notNegative("term before", append.getPrevTerm());
        notNegative("last index", prevIndex + append.getEntriesCount());
        List<LogEntry> entries = new ArrayList<>(append.getEntriesCount());
        long lastTerm = prevTerm;
        for (LogProtos.LogEntry encoded : append.getEntriesList()) {
            LogEntry entry = LogEntry.of(prevIndex + entries.size() + 1, encoded);
            check(entry, lastTerm, term);
            lastTerm = entry.term();
            entries.add(entry);
        }
        return new Append(prevIndex, prevTerm, entries, notNegative("commit", append.getCommit()));
    }

    private static void check(LogEntry entry, long termBefore, long term) {
        if (entry.term() < termBefore || entry.term() > term) {
            throw new IllegalArgumentException("entry " + entry.index() + " of term " + entry.term() + " follows term "
                    + termBefore + ", its leader is in " + term);
        }
        level(entry.level());
        notNegative("time", entry.timeMillis());
        if (entry.kind() == EntryKind.CONFIGURATION) {
            ConfigurationCodec.decode(entry.index(), entry.data());
        }
    }
}
