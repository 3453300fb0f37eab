package io.chordata.node.cluster;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RequestId;
import io.chordata.node.partition.PartitionRefusedException;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.Partitions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.TreeMap;

/** What nodes do wrong on purpose, to see that it is found. */
enum Flaw {
    NONE,

    /** The disks answer syncs without doing them. */
    SYNC_IGNORED,

    /** A command whose outcome is unknown is sent once more, as if it had not happened. */
    PROPOSED_TWICE {
        @Override
        Partitions over(Partitions right) {
            return new Flawed(right) {
                @Override
                public Future<byte[]> propose(PartitionId partition, RequestId id, byte[] command) {
                    return right.propose(partition, command)
                            .recover(cause ->
                                    isUnknown(cause) ? right.propose(partition, command) : Future.failedFuture(cause));
                }
            };
        }
    },

    /** An unknown outcome is told as one that certainly did not happen. */
    UNKNOWN_CALLED_REFUSED {
        @Override
        Partitions over(Partitions right) {
            return new Flawed(right) {
                @Override
                public Future<byte[]> propose(PartitionId partition, RequestId id, byte[] command) {
                    return right.propose(partition, command)
                            .recover(cause -> Future.failedFuture(
                                    isUnknown(cause)
                                            ? new PartitionRefusedException(partition, Reason.NOT_LEADER, "a lie")
                                            : cause));
                }
            };
        }
    },

    /** What was read once is answered again. */
    STALE_READS {
        @Override
        Partitions over(Partitions right) {
            Map<String, byte[]> answers = new TreeMap<>();
            return new Flawed(right) {
                @Override
                public Future<byte[]> read(PartitionId partition, byte[] query) {
                    String asked = partition + " " + Buffer.buffer(query).toString("ISO-8859-1");
                    byte[] answer = answers.remove(asked);
                    return answer != null
                            ? Future.succeededFuture(answer)
                            : right.read(partition, query).onSuccess(fresh -> answers.put(asked, fresh));
                }
            };
        }
    };

    Partitions over(Partitions right) {
        return right;
    }

    private static boolean isUnknown(Throwable cause) {
        return cause instanceof PartitionRefusedException
                && ((PartitionRefusedException) cause).reason() == Reason.UNKNOWN;
    }

    /** Does what the others do, where nothing else is said. */
    private abstract static class Flawed implements Partitions {
        private final Partitions right;

        Flawed(Partitions right) {
            this.right = right;
        }

        @Override
        public Partitioning partitioning() {
            return right.partitioning();
        }

        @Override
        public Future<byte[]> propose(PartitionId partition, RequestId id, byte[] command) {
            return right.propose(partition, id, command);
        }

        @Override
        public Future<byte[]> propose(PartitionId partition, byte[] command) {
            return right.propose(partition, command);
        }

        @Override
        public Future<byte[]> read(PartitionId partition, byte[] query) {
            return right.read(partition, query);
        }

        @Override
        public boolean isLedHere(PartitionId partition) {
            return right.isLedHere(partition);
        }

        @Override
        public long timeMillis() {
            return right.timeMillis();
        }
    }
}
