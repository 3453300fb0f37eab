package io.chordata.node.founding;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Vote;
import io.chordata.node.founding.Decision.Kind;
import io.chordata.node.sim.SimBallotStore;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Machines that stand at addresses, with disks, each other as seeds, and a network between them. Messages pass through their
 * encoding; they are lost, late, and may reach a process that was started after they were sent. Each time an identity is
 * written, it is checked that it is not one cluster too many.
 */
final class FoundingWorld {
    private static final double LOSS = 0.2;
    private static final double HELD_UP = 0.1;

    /** What a world does wrong, to see that it is noticed. */
    enum Fault {
        NONE,
        /** Says that a ballot is durable before it is. */
        LYING_DISK,
        /** Starts with a blank ballot each time. */
        FORGETFUL,
        /** A process gives promises between its decision and the identity. */
        ANSWERS_AFTER_DECISION
    }

    private final SimScheduler scheduler;
    private final SimRandom random;
    private final VoteRules rules;
    private final Fault fault;
    private final List<Site> sites = new ArrayList<>();
    private final Set<ClusterId> founded = new TreeSet<>();
    private boolean calm = true;
    private int foundings;
    private int withdrawals;
    private int releases;
    private int refusals;

    FoundingWorld(long seed, int count, VoteRules rules, Fault fault) {
        this.scheduler = new SimScheduler(seed);
        this.random = scheduler.random().fork();
        this.rules = rules;
        this.fault = fault;
        IntStream.range(0, count).forEach(i -> sites.add(new Site(i)));
    }

    FoundingWorld(int count) {
        this(1, count, VoteRules.ALL, Fault.NONE);
    }

    Site site(int index) {
        return sites.get(index);
    }

    List<Site> sites() {
        return sites;
    }

    SimRandom random() {
        return random;
    }

    void setCalm(boolean isCalm) {
        calm = isCalm;
    }

    int foundings() {
        return foundings;
    }

    int withdrawals() {
        return withdrawals;
    }

    int releases() {
        return releases;
    }

    int refusals() {
        return refusals;
    }

    long traceHash() {
        return scheduler.traceHash();
    }

    void advanceMillis(long millis) {
        scheduler.advanceMillis(millis);
    }

    private long nowMillis() {
        return scheduler.nowMillis();
    }

    private void after(long millis, Runnable task) {
        scheduler.afterMillis(millis, task);
    }

    /** On its way, lost, or held up for long. */
    private void deliver(int from, int to, Runnable delivery) {
        boolean cut = sites.get(from).cut != sites.get(to).cut;
        if (cut || !calm && random.chance(LOSS)) {
            return;
        }
        boolean heldUp = !calm && random.chance(HELD_UP);
        after(heldUp ? random.nextLong(0, 20_000) : random.nextLong(0, 50), delivery);
    }

    /** What a disk holds that is not at its site now. */
    record Unmounted(SimBallotStore disk, @Nullable Membership identity, Set<ClusterId> promised) {}

    /** A place with an address and a disk; a process may run there. */
    final class Site {
        private final int index;
        private SimBallotStore disk = new SimBallotStore();
        private @Nullable Membership identity;
        private List<Integer> seeds;
        private boolean init;
        private @Nullable Process process;
        private int cut;

        /** For which clusters this disk was said to have promised its vote. */
        private final Set<ClusterId> promised = new TreeSet<>();

        Site(int index) {
            this.index = index;
            this.seeds = List.of(index);
        }

        Site init() {
            init = true;
            return this;
        }

        Site seeds(Integer... indices) {
            seeds = List.of(indices);
            return this;
        }

        void setInit(boolean now) {
            init = now;
        }

        /** Whether its process was told to found. */
        boolean isInit() {
            return process != null && process.init;
        }

        /** Tells its process, which runs, to found; what it refuses it gives back, else null. */
        @Nullable
        String tell() {
            Process told = Objects.requireNonNull(process, "it is down");
            told.init = true;
            return told.machine == null ? null : told.machine.onInit(nowMillis());
        }

        /** Its disk is not found at the next start: as if it were empty, until it is mounted again. */
        Unmounted unmount() {
            crash();
            Unmounted taken = new Unmounted(disk, identity, Set.copyOf(promised));
            wipe();
            return taken;
        }

        void mount(Unmounted before) {
            wipe();
            disk = before.disk;
            identity = before.identity;
            promised.addAll(before.promised);
        }

        /** Cut off from those with another number. */
        void cut(int part) {
            cut = part;
        }

        Site start() {
            if (process == null) {
                Process started = new Process(this);
                process = started;
                started.start();
            }
            return this;
        }

        private void receive(NodeId from, Question question, Asker asker) {
            Process asked = process;
            if (asked == null) {
                return;
            }
            if (identity != null) {
                asker.answer(Answer.of(identity));
            } else if (asked.decision == null) {
                Asker ifAlive = answer -> {
                    if (asked.alive) {
                        promise(from, answer);
                        asker.answer(answer);
                    }
                };
                Objects.requireNonNull(asked.machine).onQuestion(from, question, ifAlive);
            } else if (fault == Fault.ANSWERS_AFTER_DECISION) {
                Ballot saved = disk.load();
                Ballot own = saved == null ? Ballot.blank(asked.decision.node()) : saved;
                Ballot next = rules.after(own, from, question);
                disk.save(next);
                asker.answer(Answer.unfounded(next.vote()));
            }
        }

        private void promise(NodeId to, Answer answer) {
            if (answer.vote() != null && answer.vote().founder().equals(to)) {
                promised.add(answer.vote().cluster());
            }
        }

        /** A promise ends with its disk, and where the founder gave up. */
        private boolean keepsPromiseFor(ClusterId cluster) {
            Ballot ballot = disk.load();
            boolean votes = ballot != null
                    && ballot.vote() != null
                    && ballot.vote().cluster().equals(cluster);
            return votes || identity != null || !promised.contains(cluster);
        }

        /** What was being written is on the disk, or not. */
        void crash() {
            Process crashed = process;
            if (crashed != null) {
                crashed.alive = false;
                process = null;
                if (random.chance(0.5)) {
                    crashed.writing.forEach(Runnable::run);
                }
            }
        }

        void wipe() {
            crash();
            disk = new SimBallotStore();
            identity = null;
            promised.clear();
        }

        boolean isUp() {
            return process != null;
        }

        @Nullable
        Membership identity() {
            return identity;
        }

        @Nullable
        Ballot ballot() {
            return identity == null ? disk.load() : null;
        }

        @Nullable
        Decision decision() {
            return process == null ? null : process.decision;
        }

        String reason() {
            return process == null ? "" : process.reason;
        }

        List<String> reminders() {
            return process == null ? List.of() : process.reminders;
        }

        @Override
        public String toString() {
            return "site " + index + (init ? " init" : "") + (process == null ? " down" : "") + " identity=" + identity
                    + " ballot=" + ballot() + " reason=" + reason();
        }
    }

    /** Each site has all sites as its seeds, itself among them. */
    FoundingWorld allNameEachOther() {
        List<Integer> all = IntStream.range(0, sites.size()).boxed().toList();
        sites.forEach(site -> site.seeds = all);
        return this;
    }

    /** Each site has some as its seeds, and all have the first. */
    FoundingWorld allNameTheFirst() {
        sites.forEach(site -> site.seeds = IntStream.range(0, sites.size())
                .filter(other -> other == 0 || random.chance(0.4))
                .boxed()
                .toList());
        return this;
    }

    /** From a start to a crash. */
    private final class Process implements Outbox {
        private final Site site;
        private final List<Runnable> writing = new ArrayList<>();
        private final List<String> reminders = new ArrayList<>();
        private final @Nullable FoundingProcess machine;
        private boolean init;
        private boolean alive = true;
        private @Nullable Decision decision;
        private String reason = "";

        Process(Site site) {
            this.site = site;
            this.init = site.init;
            this.machine = site.identity != null ? null : newMachine();
        }

        private FoundingProcess newMachine() {
            Ballot saved = fault == Fault.FORGETFUL ? null : site.disk.load();
            return new FoundingProcess(
                    rules,
                    saved == null ? Ballot.blank(NodeId.random(random)) : saved,
                    site.seeds.stream().map(seed -> "site-" + seed).toList(),
                    init,
                    Partitioning.DEFAULT,
                    random,
                    this);
        }

        void start() {
            if (machine != null) {
                machine.start(nowMillis());
                tick(machine);
            }
        }

        private void tick(FoundingProcess ticked) {
            after(FoundingProcess.TICK_MILLIS, () -> {
                if (alive && decision == null) {
                    ticked.tick(nowMillis());
                    tick(ticked);
                }
            });
        }

        @Override
        public void ask(long round, int seed, Question question) {
            int to = site.seeds.get(seed);
            Call call = new Call(this, round, seed);
            after(FoundingProcess.ANSWER_MILLIS, () -> call.silence(false, "not in time"));
            if (to == site.index) {
                after(1, () -> call.silence(true, "own address"));
                return;
            }
            byte[] bytes = FoundingCodec.encode(question);
            NodeId from = Objects.requireNonNull(machine).node();
            deliver(
                    site.index,
                    to,
                    () -> sites.get(to).receive(from, decodedQuestion(bytes), answer -> {
                        byte[] back = FoundingCodec.encode(answer);
                        deliver(to, site.index, () -> call.answer(decodedAnswer(back)));
                    }));
        }

        @Override
        public void store(Ballot ballot) {
            count(site.disk.load(), ballot);
            SimBallotStore disk = site.disk;
            Runnable write = () -> disk.save(ballot);
            writing.add(write);
            if (fault == Fault.LYING_DISK) {
                after(1, this::stored);
            }
            after(random.nextLong(1, 200), () -> {
                if (alive) {
                    write.run();
                    writing.remove(write);
                    if (fault != Fault.LYING_DISK) {
                        after(random.nextLong(0, 50), this::stored);
                    }
                }
            });
        }

        private void stored() {
            if (alive) {
                Objects.requireNonNull(machine).onStored();
            }
        }

        private void count(@Nullable Ballot before, Ballot after) {
            if (before != null && before.isIntent() && !after.isIntent()) {
                withdrawals++;
            }
            if (before != null && before.isPromise()) {
                releases++;
            }
        }

        @Override
        public void waiting(String why) {
            reason = why;
        }

        @Override
        public void remind(String why) {
            reminders.add(why);
        }

        @Override
        public void decide(Decision made) {
            decision = made;
            reason = made.reason();
            if (made.kind() == Kind.REFUSE) {
                refusals++;
                return;
            }
            Runnable write = () -> write(made);
            writing.add(write);
            after(random.nextLong(1, calm ? 50 : 2_000), () -> {
                if (alive) {
                    write.run();
                    writing.remove(write);
                }
            });
        }

        private void write(Decision made) {
            Membership membership = Objects.requireNonNull(made.membership());
            if (made.kind() == Kind.FOUND) {
                requireOnly(membership.cluster());
                foundings++;
                founded.add(membership.cluster());
            } else if (!founded.contains(membership.cluster())) {
                throw new AssertionError(site + " joined a cluster that nobody founded: " + FoundingWorld.this);
            }
            site.identity = membership;
            scheduler.trace(membership.cluster().hashCode());
        }

        private void requireOnly(ClusterId cluster) {
            for (Site other : site.seeds.stream().map(sites::get).toList()) {
                Vote vote = other.ballot() == null ? null : other.ballot().vote();
                if (other != site && !other.keepsPromiseFor(cluster)) {
                    throw new AssertionError(other + " broke its promise for " + cluster + ": " + FoundingWorld.this);
                }
                boolean remembers =
                        other.identity != null || other != site && vote != null && founded.contains(vote.cluster());
                if (remembers) {
                    throw new AssertionError(site + " founded " + cluster + " though " + other + " remembers another: "
                            + FoundingWorld.this);
                }
            }
        }
    }

    /** One question; the first of answer and silence counts. */
    private final class Call {
        private final Process process;
        private final long round;
        private final int seed;
        private boolean over;

        Call(Process process, long round, int seed) {
            this.process = process;
            this.round = round;
            this.seed = seed;
        }

        void answer(Answer answer) {
            if (end()) {
                Objects.requireNonNull(process.machine).onAnswer(round, seed, answer, nowMillis());
            }
        }

        void silence(boolean isSelf, String why) {
            if (end()) {
                Objects.requireNonNull(process.machine).onSilence(round, seed, isSelf, why, nowMillis());
            }
        }

        private boolean end() {
            boolean first = !over && process.alive;
            over = true;
            return first;
        }
    }

    private static Question decodedQuestion(byte[] bytes) {
        try {
            return FoundingCodec.question(bytes);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static Answer decodedAnswer(byte[] bytes) {
        try {
            return FoundingCodec.answer(bytes);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return scheduler + " founded=" + founded + "\n  "
                + String.join("\n  ", sites.stream().map(Site::toString).toList());
    }
}
