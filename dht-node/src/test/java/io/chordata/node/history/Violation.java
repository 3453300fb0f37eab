package io.chordata.node.history;

import static io.chordata.node.history.Draft.create;
import static io.chordata.node.history.Draft.delete;
import static io.chordata.node.history.Draft.did;
import static io.chordata.node.history.Draft.failed;
import static io.chordata.node.history.Draft.mayHaveDone;
import static io.chordata.node.history.Draft.put;
import static io.chordata.node.history.Draft.replace;
import static io.chordata.node.history.Draft.saw;
import static io.chordata.node.history.Draft.sawNothing;

import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ways to make a right history wrong for sure. Most add a few operations at a random place, with nothing between them, that
 * contradict each other or a write that was acknowledged and overwritten before, whatever else goes on.
 */
enum Violation {
    STALE_READ {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return place.overwritten().map(old -> place.adding(saw(old)));
        }
    },
    LOST_WRITE {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return place.acknowledged().map(old -> place.adding(did(put("new")), saw(old)));
        }
    },
    LOST_FOR_GOOD {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return place.ifNoDeleteIsAbout(place.adding(did(put("new")), sawNothing()));
        }
    },
    TWO_CREATES {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return place.ifNoDeleteIsAbout(new Draft(place.history)
                    .add(place.position, place.position + 3, create("new"), Outcome.DONE)
                    .add(place.position + 1, place.position + 2, create("newer"), Outcome.DONE)
                    .history());
        }
    },
    VALUE_OF_NOBODY {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return Optional.of(place.adding(saw("nobody's")));
        }
    },
    OLD_AFTER_NEW_DURING_THE_WRITE {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return place.acknowledged()
                    .map(old -> new Draft(place.history)
                            .add(place.position, place.position + 9, put("new"), Outcome.DONE)
                            .addInTurn(place.position + 1, saw("new"), saw(old))
                            .history());
        }
    },
    VANISHED {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return place.acknowledged().map(old -> place.adding(mayHaveDone(put("new")), saw("new"), saw(old)));
        }
    },
    HAPPENED_TWICE {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return Optional.of(place.adding(mayHaveDone(put("new")), saw("new"), did(put("newer")), saw("new")));
        }
    },
    REFUSED_BUT_SEEN {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return Optional.of(new Draft(place.history)
                    .add(place.position, place.position + 1, put("new"), Outcome.REFUSED)
                    .addInTurn(place.position + 2, saw("new"))
                    .history());
        }
    },
    REFUSED_BY_NOTHING {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return Optional.of(place.addingFirst(failed(create("new"))));
        }
    },
    REFUSED_FOR_WHAT_IS_THERE {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return Optional.of(place.addingFirst(did(put("new")), failed(replace("new", "newer"))));
        }
    },
    DELETE_UNDONE {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return place.acknowledged().map(old -> place.adding(did(delete()), saw(old)));
        }
    },
    DELETED_TWICE {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            Operation deleteNew = Operation.delete(Condition.ifMatch("new"));
            return Optional.of(place.adding(did(put("new")), did(deleteNew), did(deleteNew)));
        }
    },
    REPLACED_TOO_LATE {
        @Override
        Optional<KeyHistory> applyTo(Place place) {
            return Optional.of(place.adding(did(put("new")), did(put("newer")), did(replace("new", "newest"))));
        }
    };

    abstract Optional<KeyHistory> applyTo(Place place);

    static Optional<KeyHistory> apply(Violation violation, KeyHistory history, SimRandom random) {
        return violation.applyTo(new Place(history, random));
    }

    /** A position between the operations of a history, wide enough to add some. */
    private static final class Place {
        private static final long WIDTH = 100;

        private final KeyHistory history;
        private final SimRandom random;
        private final long position;

        Place(KeyHistory narrow, SimRandom random) {
            List<Entry> entries = new ArrayList<>();
            long last = 0;
            for (Entry entry : narrow.entries()) {
                entries.add(new Entry(
                        entry.client(),
                        entry.operation(),
                        entry.outcome(),
                        entry.invoked() * WIDTH,
                        entry.returned() * WIDTH,
                        entry.invokedTime(),
                        entry.returnedTime()));
                last = Math.max(last, entry.returned());
            }
            this.history = narrow.with(entries);
            this.random = random;
            this.position = random.nextLong(1, last + 1) * WIDTH + 1;
        }

        KeyHistory adding(Draft.Step... steps) {
            return new Draft(history).addInTurn(position, steps).history();
        }

        KeyHistory addingFirst(Draft.Step... steps) {
            return new Draft(history).addInTurn(1, steps).history();
        }

        /** A version that was acknowledged before. */
        Optional<String> acknowledged() {
            return any(history.entries().stream().filter(this::isAcknowledged).toList());
        }

        /** One that was overwritten as well, by a write that was acknowledged before and began after it had ended. */
        Optional<String> overwritten() {
            long lastBegun = history.entries().stream()
                    .filter(this::isAcknowledged)
                    .mapToLong(Entry::invoked)
                    .max()
                    .orElse(0);
            return any(history.entries().stream()
                    .filter(entry -> isAcknowledged(entry) && entry.returned() < lastBegun)
                    .toList());
        }

        private boolean isAcknowledged(Entry entry) {
            return entry.operation().kind() == Operation.Kind.PUT
                    && entry.outcome().equals(Outcome.DONE)
                    && entry.returned() < position;
        }

        private Optional<String> any(List<Entry> writes) {
            return writes.isEmpty()
                    ? Optional.empty()
                    : Optional.ofNullable(writes.get(random.nextInt(writes.size()))
                                    .operation()
                                    .writes())
                            .map(Version::eTag);
        }

        /** No delete is under way here, nor can one that has no answer still come. */
        Optional<KeyHistory> ifNoDeleteIsAbout(KeyHistory wrong) {
            boolean isAny = history.entries().stream()
                    .anyMatch(entry -> entry.operation().kind() == Operation.Kind.DELETE
                            && entry.invoked() < position
                            && (entry.isUnknown() || entry.returned() > position));
            return isAny ? Optional.empty() : Optional.of(wrong);
        }
    }
}
