package io.chordata.node.partition.raft;

import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.AppendAnswer;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.partition.raft.RaftMessage.HeartbeatAnswer;
import io.chordata.node.partition.raft.RaftMessage.SnapshotOffer;
import io.chordata.node.partition.raft.RaftMessage.VoteAnswer;
import io.chordata.node.partition.raft.RaftMessage.VoteRequest;

/** Adds the body of a message to its encoding. */
final class BodyEncoder implements RaftMessage.Visitor {
    private final RaftProtos.Said.Builder said;

    BodyEncoder(RaftProtos.Said.Builder said) {
        this.said = said;
    }

    @Override
    public void onVoteRequest(RaftMessage message, VoteRequest request) {
        said.setVoteRequest(RaftProtos.VoteRequest.newBuilder()
                .setPreVote(request.preVote())
                .setTransfer(request.transfer())
                .setLastIndex(request.lastIndex())
                .setLastTerm(request.lastTerm()));
    }

    @Override
    public void onVoteAnswer(RaftMessage message, VoteAnswer answer) {
        said.setVoteAnswer(
                RaftProtos.VoteAnswer.newBuilder().setPreVote(answer.preVote()).setGranted(answer.granted()));
    }

    @Override
    public void onAppend(RaftMessage message, Append append) {
        RaftProtos.Append.Builder encoded = RaftProtos.Append.newBuilder()
                .setPrevIndex(append.prevIndex())
                .setPrevTerm(append.prevTerm())
                .setCommit(append.commit());
        append.entries().forEach(entry -> encoded.addEntries(entry.toProto()));
        said.setAppend(encoded);
    }

    @Override
    public void onAppendAnswer(RaftMessage message, AppendAnswer answer) {
        said.setAppendAnswer(RaftProtos.AppendAnswer.newBuilder()
                .setAccepted(answer.accepted())
                .setIndex(answer.index())
                .setHintIndex(answer.hintIndex())
                .setHintTerm(answer.hintTerm())
                .setLevel(answer.level()));
    }

    @Override
    public void onHeartbeat(RaftMessage message, Heartbeat heartbeat) {
        said.setHeartbeat(RaftProtos.Heartbeat.newBuilder()
                .setCommit(heartbeat.commit())
                .setConfiguration(heartbeat.configuration())
                .setRound(heartbeat.round()));
    }

    @Override
    public void onHeartbeatAnswer(RaftMessage message, HeartbeatAnswer answer) {
        said.setHeartbeatAnswer(RaftProtos.HeartbeatAnswer.newBuilder()
                .setConfiguration(answer.configuration())
                .setRound(answer.round())
                .setLevel(answer.level()));
    }

    @Override
    public void onSnapshotOffer(RaftMessage message, SnapshotOffer offer) {
        said.setSnapshotOffer(
                RaftProtos.SnapshotOffer.newBuilder().setIndex(offer.index()).setIndexTerm(offer.indexTerm()));
    }

    @Override
    public void onCampaignNow(RaftMessage message) {
        said.setCampaignNow(RaftProtos.CampaignNow.getDefaultInstance());
    }
}
