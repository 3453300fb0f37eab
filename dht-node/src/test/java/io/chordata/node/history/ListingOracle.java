package io.chordata.node.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What each page of a listing must hold and must not: every key that was acknowledged before the page was asked for and not
 * deleted since is in it; none that was deleted before and not written since. A key that is written or deleted meanwhile, or
 * whose write or delete has no answer, may be in it or not. Keys rise strictly, within a page and from page to page. A listing is
 * no snapshot: each key may be seen at any moment of its page. Safe for many threads; memory is a few words for each key.
 */
public final class ListingOracle {
    private final NavigableMap<String, Presence> keys = new TreeMap<>(KeyOrder::compare);
    private final Set<Page> asked = new LinkedHashSet<>();
    private long position;

    /** A write or delete that is under way; one of its methods is called once. */
    public final class Change {
        private final String key;
        private final int effect;
        private final long begun;
        private boolean hasEnded;

        private Change(String key, int effect, long begun) {
            this.key = key;
            this.effect = effect;
            this.begun = begun;
        }

        public void acknowledged() {
            end(presence -> presence.acknowledge(effect, begun, position));
        }

        /** It did not happen and never will. */
        public void refused() {
            end(presence -> presence.refuse(effect));
        }

        public void inDoubt() {
            end(presence -> presence.doubt(effect));
        }

        private void end(Effect change) {
            synchronized (ListingOracle.this) {
                if (hasEnded) {
                    throw new IllegalStateException("the change of " + key + " has ended already");
                }
                hasEnded = true;
                position++;
                change(key, change);
            }
        }
    }

    private interface Effect {
        void on(Presence presence);
    }

    public Change beginPut(String key) {
        return begin(key, Presence.THERE);
    }

    public Change beginDelete(String key) {
        return begin(key, Presence.MISSING);
    }

    private synchronized Change begin(String key, int effect) {
        position++;
        change(key, presence -> presence.begin(effect));
        return new Change(key, effect, position);
    }

    /** Pages under way remember all that was possible. */
    private void change(String key, Effect effect) {
        Presence presence = keys.computeIfAbsent(key, unseen -> new Presence());
        int before = presence.possible();
        effect.on(presence);
        int possible = before | presence.possible();
        asked.forEach(page -> page.possible.merge(key, possible, (old, more) -> old | more));
    }

    /**
     * A listing from its beginning.
     *
     * @param delimiter empty for none
     * @param startAfter empty for the beginning
     */
    public Walk walk(String prefix, String delimiter, String startAfter) {
        return new Walk(prefix, delimiter, startAfter);
    }

    /** One listing, page by page, each asked for where the one before ended. */
    public final class Walk {
        private final String prefix;
        private final String delimiter;
        private String after;
        private boolean isFirst = true;
        private boolean isOver;

        private Walk(String prefix, String delimiter, String startAfter) {
            this.prefix = prefix;
            this.delimiter = delimiter;
            this.after = startAfter;
        }

        /** A request for the next page is about to be sent. */
        public Page ask() {
            if (isOver) {
                throw new IllegalStateException("the last page was answered");
            }
            Page page = new Page(this);
            synchronized (ListingOracle.this) {
                asked.add(page);
            }
            return page;
        }

        public boolean isOver() {
            return isOver;
        }

        /** As it is listed: itself, or the common prefix that it is rolled up to. */
        private String listed(String key) {
            int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            return at < 0 ? key : key.substring(0, at + delimiter.length());
        }

        /** Whether it comes after the last page; a page that ended with a common prefix covered what is under it. */
        private boolean isAhead(String key) {
            return KeyOrder.compare(listed(key), after) > 0;
        }

        /** S3 does not say whether a common prefix is listed if the listing starts in the midst of what is under it. */
        private boolean isMoot(String key) {
            return isFirst && !listed(key).equals(key) && after.startsWith(listed(key));
        }
    }

    /** A page that was asked for. It ends by {@link #answer} or {@link #failed}. */
    public final class Page {
        private final Walk walk;
        private final Map<String, Integer> possible = new HashMap<>();

        private Page(Walk walk) {
            this.walk = walk;
        }

        /** No page came; it can be asked for again. */
        public void failed() {
            synchronized (ListingOracle.this) {
                asked.remove(this);
            }
        }

        /** What is wrong with it, one a line; nothing if all is well. */
        public List<String> answer(List<String> objects, List<String> commonPrefixes, boolean isTruncated) {
            synchronized (ListingOracle.this) {
                if (!asked.remove(this)) {
                    throw new IllegalStateException("this page was answered, or failed");
                }
                List<String> complaints = new ArrayList<>();
                List<String> all = merged(objects, commonPrefixes);
                checkOrder(objects, complaints);
                checkOrder(commonPrefixes, complaints);
                checkPlaces(objects, commonPrefixes, complaints);
                if (isTruncated && all.isEmpty()) {
                    complaints.add("an empty page says that there are more");
                }
                checkContent(all, isTruncated, complaints);
                walk.isFirst = false;
                walk.isOver = !isTruncated;
                walk.after = all.isEmpty() ? walk.after : all.get(all.size() - 1);
                return complaints;
            }
        }

        private static List<String> merged(List<String> objects, List<String> commonPrefixes) {
            List<String> all = new ArrayList<>(objects);
            all.addAll(commonPrefixes);
            all.sort(KeyOrder::compare);
            return all;
        }

        private static void checkOrder(List<String> listed, List<String> complaints) {
            for (int i = 1; i < listed.size(); i++) {
                if (KeyOrder.compare(listed.get(i - 1), listed.get(i)) >= 0) {
                    complaints.add(listed.get(i) + " comes behind " + listed.get(i - 1));
                }
            }
        }

        private void checkPlaces(List<String> objects, List<String> commonPrefixes, List<String> complaints) {
            for (String key : objects) {
                if (!key.startsWith(walk.prefix) || !walk.listed(key).equals(key)) {
                    complaints.add(key + " should not be listed, or be rolled up");
                }
            }
            for (String common : commonPrefixes) {
                if (!common.startsWith(walk.prefix)
                        || walk.delimiter.isEmpty()
                        || common.length() < walk.prefix.length() + walk.delimiter.length()
                        || !common.endsWith(walk.delimiter)
                        || !walk.listed(common).equals(common)) {
                    complaints.add(common + " is no common prefix here");
                }
            }
        }

        private void checkContent(List<String> all, boolean isTruncated, List<String> complaints) {
            Set<String> unexplained = new LinkedHashSet<>(all);
            Set<String> onPage = Set.copyOf(all);
            for (String listed : all) {
                if (KeyOrder.compare(listed, walk.after) <= 0 && !walk.isMoot(listed + "\uffff")) {
                    complaints.add(listed + " comes behind the last page, which ended with " + walk.after);
                }
            }
            for (Map.Entry<String, Presence> each :
                    keys.tailMap(walk.prefix, true).entrySet()) {
                String key = each.getKey();
                String listed = walk.listed(key);
                if (!key.startsWith(walk.prefix)
                        || (isTruncated && !all.isEmpty() && KeyOrder.compare(listed, all.get(all.size() - 1)) > 0)) {
                    break;
                }
                int can = possible.getOrDefault(key, each.getValue().possible());
                if ((can & Presence.THERE) != 0) {
                    unexplained.remove(listed);
                }
                if (can == Presence.THERE && walk.isAhead(key) && !walk.isMoot(key) && !onPage.contains(listed)) {
                    complaints.add(key + " is missing");
                }
            }
            unexplained.forEach(listed -> complaints.add(listed + " is listed, but there was no such key"));
        }
    }
}
