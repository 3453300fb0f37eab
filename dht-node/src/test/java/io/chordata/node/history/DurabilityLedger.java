package io.chordata.node.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster owes, kept outside of it: for each key the hash of what was acknowledged last, and of what is in doubt. Safe
 * for many threads and many writers of one key; a key has at most {@code claimsMax} states that it may be in. Can be
 * kept in a file as well, in the order it happened.
 */
public final class DurabilityLedger implements AutoCloseable {
    private final boolean doubtsMayComeLate;
    private final int claimsMax;
    private final SortedMap<String, Account> accounts = new TreeMap<>();
    private final @Nullable LedgerFile file;
    private long position;
    private long acknowledgements;

    /** Whether a write without an answer may still happen after a later one was acknowledged. */
    public enum Doubts {
        /** As where its request may wait in some queue. */
        MAY_COME_LATE,
        /** As where one process serves one writer, who does not go on before it answered or is gone. */
        ARE_OVER
    }

    /** Reads a key through whatever is to be verified. */
    public interface Reader {
        /** The body's hash; empty for no such key. Throws for anything else. */
        Optional<String> hashOf(String key) throws IOException;
    }

    /** A write that is under way; one of its methods is called once. */
    public final class Write {
        private final String key;
        private final Account account;
        private final Account.Claim claim;
        private final long number;

        private Write(String key, Account account, Account.Claim claim, long number) {
            this.key = key;
            this.account = account;
            this.claim = claim;
            this.number = number;
        }

        public void acknowledged() {
            synchronized (DurabilityLedger.this) {
                account.acknowledge(claim, ++position, doubtsMayComeLate);
                acknowledgements++;
                note(LedgerFile.Event.ACKNOWLEDGED);
            }
        }

        /** It did not happen and never will. */
        public void refused() {
            synchronized (DurabilityLedger.this) {
                account.refuse(claim, ++position);
                note(LedgerFile.Event.REFUSED);
            }
        }

        /** As it also is as long as it is under way. */
        public void inDoubt() {
            synchronized (DurabilityLedger.this) {
                account.doubt(claim, ++position);
                note(LedgerFile.Event.IN_DOUBT);
            }
        }

        private void note(LedgerFile.Event event) {
            if (file != null) {
                file.append(event, number, Optional.empty(), key);
            }
        }
    }

    public DurabilityLedger(Doubts doubts, int claimsMax) {
        this(doubts, claimsMax, null);
    }

    private DurabilityLedger(Doubts doubts, int claimsMax, @Nullable LedgerFile file) {
        this.doubtsMayComeLate = doubts == Doubts.MAY_COME_LATE;
        this.claimsMax = claimsMax;
        this.file = file;
    }

    /** Also appends what happens to a new file. */
    public static DurabilityLedger keptIn(Path path, Doubts doubts, int claimsMax) {
        return new DurabilityLedger(doubts, claimsMax, LedgerFile.create(path));
    }

    /** The ledger as its file tells it. */
    public static DurabilityLedger read(Path path, Doubts doubts, int claimsMax) {
        DurabilityLedger ledger = new DurabilityLedger(doubts, claimsMax);
        Map<Long, Write> open = new TreeMap<>();
        for (LedgerFile.Line line : LedgerFile.read(path)) {
            switch (line.event()) {
                case BEGUN -> open.put(line.number(), ledger.begin(line.key(), line.hash()));
                case ACKNOWLEDGED -> ended(open, line).acknowledged();
                case REFUSED -> ended(open, line).refused();
                case IN_DOUBT -> ended(open, line).inDoubt();
                case FOUND -> ledger.account(line.key()).settle(line.hash());
            }
        }
        return ledger;
    }

    private static Write ended(Map<Long, Write> open, LedgerFile.Line line) {
        Write write = open.remove(line.number());
        if (write == null) {
            throw new IllegalArgumentException("no write " + line.number() + " was begun");
        }
        return write;
    }

    /** A body with this hash is about to be sent. The key must have room. */
    public Write beginPut(String key, String hash) {
        return begin(key, Optional.of(hash));
    }

    public Write beginDelete(String key) {
        return begin(key, Optional.empty());
    }

    private synchronized Write begin(String key, Optional<String> hash) {
        Account account = account(key);
        if (account.size() >= claimsMax) {
            throw new IllegalStateException(key + " may be in " + claimsMax + " states already; verify it first");
        }
        long number = ++position;
        if (file != null) {
            file.append(LedgerFile.Event.BEGUN, number, hash, key);
        }
        return new Write(key, account, account.begin(hash, number), number);
    }

    /** Whether one more write can be begun. */
    public synchronized boolean hasRoom(String key) {
        Account account = accounts.get(key);
        return account == null || account.size() < claimsMax;
    }

    private Account account(String key) {
        return accounts.computeIfAbsent(key, unseen -> new Account());
    }

    public synchronized List<String> keys() {
        return new ArrayList<>(accounts.keySet());
    }

    public synchronized long acknowledgements() {
        return acknowledgements;
    }

    /**
     * Reads all keys. Nothing may be under way any more, nor able to come late. So what is found, if it is owed, is all that
     * is owed from then on: whoever is asked next, another node or the same after a restart, must have the same.
     */
    public LedgerReport verify(Reader reader) {
        List<LedgerReport.Finding> findings = new ArrayList<>();
        List<String> keys = keys();
        for (String key : keys) {
            verify(key, reader).ifPresent(findings::add);
        }
        return new LedgerReport(keys.size(), findings);
    }

    private Optional<LedgerReport.Finding> verify(String key, Reader reader) {
        Optional<String> found;
        try {
            found = reader.hashOf(key);
        } catch (IOException | RuntimeException e) {
            return Optional.of(new LedgerReport.Finding(LedgerReport.Kind.UNREAD, key, String.valueOf(e)));
        }
        return judge(key, found);
    }

    private synchronized Optional<LedgerReport.Finding> judge(String key, Optional<String> found) {
        Account account = account(key);
        if (account.owes(found)) {
            account.settle(found);
            if (file != null) {
                file.append(LedgerFile.Event.FOUND, ++position, found, key);
            }
            return Optional.empty();
        }
        LedgerReport.Kind kind = found.isEmpty()
                ? LedgerReport.Kind.LOST
                : account.hasAcknowledgedBody() ? LedgerReport.Kind.WRONG_BODY : LedgerReport.Kind.RESURRECTED;
        return Optional.of(new LedgerReport.Finding(
                kind, key, "is " + found.map(TimeLine::brief).orElse("nothing") + ", owed is " + account));
    }

    /** Closes the file, if there is one. */
    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
