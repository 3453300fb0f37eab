package io.chordata.node.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How many letters must be typed, taken out, exchanged or swapped to get from one word to another. */
final class EditDistance {
    private EditDistance() {}

    /** The closest of the names, unless all are so far away that naming one would be a guess. */
    static Optional<String> nearest(String word, Collection<String> names) {
        int farthest = Math.max(2, word.length() / 3);
        return names.stream()
                .filter(name -> between(fold(word), fold(name)) <= farthest)
                .min(Comparator.comparingInt((String name) -> between(fold(word), fold(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Optimal string alignment distance. */
    static int between(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(distance, a, b, i, j);
            }
        }
        return distance[a.length()][b.length()];
    }

    private static int step(int[][] distance, String a, String b, int i, int j) {
        int exchange = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(distance[i - 1][j], distance[i][j - 1]) + 1;
        best = Math.min(best, distance[i - 1][j - 1] + exchange);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
    }
}
