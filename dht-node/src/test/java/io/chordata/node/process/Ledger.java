package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the server owes: for each key the last acknowledged state, and each state whose acknowledgement never came. Kept
 * outside the server, so that it outlives it. A key has one writer at a time. Safe for many threads.
 */
final class Ledger {
    private final SortedMap<String, Account> accounts = new TreeMap<>();
    private long acknowledgements;

    private static final class Account {
        private Optional<TestBody> acknowledged = Optional.empty();
        private final Set<Optional<TestBody>> open = new LinkedHashSet<>();
    }

    /** A write (a body, or none for a delete) is about to be sent: from now on it may happen. */
    synchronized void begin(String key, Optional<TestBody> value) {
        accounts.computeIfAbsent(key, unused -> new Account()).open.add(value);
    }

    /** It was acknowledged: from now on nothing older may be seen. */
    synchronized void acknowledge(String key, Optional<TestBody> value) {
        Account account = account(key);
        account.acknowledged = value;
        account.open.clear();
        acknowledgements++;
    }

    synchronized List<String> keys() {
        return new ArrayList<>(accounts.keySet());
    }

    synchronized long acknowledgements() {
        return acknowledgements;
    }

    /** The state found must be one that is owed; it is what is owed from now on. */
    synchronized void audit(String key, Optional<String> foundSha256) {
        Account account = account(key);
        List<Optional<TestBody>> owed = new ArrayList<>(account.open);
        owed.add(account.acknowledged);
        Optional<Optional<TestBody>> match = owed.stream()
                .filter(value -> value.map(TestBody::sha256).equals(foundSha256))
                .findFirst();
        assertThat(match)
                .as(
                        "%s holds %s; acknowledged is %s, without an answer %s",
                        key, foundSha256, account.acknowledged, account.open)
                .isPresent();
        account.acknowledged = match.orElseThrow();
        account.open.clear();
    }

    private Account account(String key) {
        Account account = accounts.get(key);
        if (account == null) {
            throw new IllegalStateException("no write to " + key + " was begun");
        }
        return account;
    }
}
