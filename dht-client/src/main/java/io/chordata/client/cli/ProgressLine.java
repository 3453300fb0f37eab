package io.chordata.client.cli;

import java.util.Locale;

/**
 * How far work is, as a line.
 *
 * @param allPlanned whether {@code count} and {@code bytes} are all there will be
 */
record ProgressLine(long doneCount, long count, long doneBytes, long bytes, boolean allPlanned, long elapsedMillis) {
    private static final int BAR_MAX = 30;
    private static final int BAR_MIN = 5;
    private static final long SECOND_MILLIS = 1_000;
    private static final int MINUTE = 60;

    /** In at most so many characters. */
    String text(int columns) {
        long perSecond = elapsedMillis == 0 ? 0 : doneBytes * SECOND_MILLIS / elapsedMillis;
        String more = allPlanned ? "" : "+";
        String figures = doneCount + "/" + count + more + "  " + Texts.bytes(doneBytes) + "/" + Texts.bytes(bytes)
                + more + "  " + Texts.bytes(perSecond) + "/s" + left(perSecond);
        int room = Math.min(BAR_MAX, columns - figures.length() - 4);
        if (!allPlanned || bytes == 0 || room < BAR_MIN) {
            return Texts.clip(figures, columns);
        }
        double share = Math.min(1, (double) doneBytes / bytes);
        int filled = (int) (share * room);
        return '[' + "#".repeat(filled) + ".".repeat(room - filled) + "]  " + figures;
    }

    private String left(long perSecond) {
        if (!allPlanned || perSecond == 0 || doneBytes >= bytes) {
            return "";
        }
        long seconds = (bytes - doneBytes) / perSecond;
        return seconds < MINUTE
                ? "  " + seconds + " s left"
                : String.format(Locale.ROOT, "  %d:%02d min left", seconds / MINUTE, seconds % MINUTE);
    }
}
