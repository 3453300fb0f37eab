package io.chordata.node.ring;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Hops, messages and seconds to converge by the size of the ring, as a picture. */
record RingPlot(List<RingScale.Figures> figures) {
    RingPlot {
        figures = List.copyOf(figures);
    }

    String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 880 300\" font-family=\"system-ui,")
                .append(" sans-serif\" font-size=\"13\" role=\"img\" aria-label=\"Hops, messages and seconds to")
                .append(" converge by the size of the ring\">\n")
                .append("<style>.bg{fill:#ffffff}.g{stroke:#c9d6e4;fill:none}.t{fill:#16324f}")
                .append(".s{fill:#5b6b7b;font-size:11px}.c0{stroke:#2b5f92;fill:none;stroke-width:2}")
                .append(".c1{stroke:#a86a12;fill:none;stroke-width:2}.c2{stroke:#5a8f3d;fill:none;stroke-width:2}")
                .append(".d{stroke-dasharray:4 3;stroke-width:1}.l0{fill:#2b5f92}.l1{fill:#a86a12}.l2{fill:#5a8f3d}")
                .append("</style>\n<rect class=\"bg\" width=\"880\" height=\"300\" rx=\"8\"/>\n");
        panel(
                svg,
                20,
                "hops of a lookup",
                new Series("p99", of -> of.lookups().p99Hops(), false),
                new Series("mean", of -> of.lookups().meanHops(), false),
                new Series("targets: log2 N, and its half + 1", RingScale.Figures::log2, true),
                new Series("", of -> of.log2() / 2 + 1, true));
        panel(
                svg,
                310,
                "messages",
                new Series("of a lookup", of -> of.lookups().messages(), false),
                new Series("per second, an idle node", RingScale.Figures::messagesPerSecond, false));
        panel(
                svg,
                600,
                "seconds until ring and fingers are right",
                new Series("after a join", of -> of.joined().fingersMillis() / 1e3, false),
                new Series("after a departure", of -> of.left().fingersMillis() / 1e3, false),
                new Series("half of all nodes gone", of -> of.repaired().fingersMillis() / 1e3, false));
        svg.append("<text class=\"s\" x=\"20\" y=\"290\">positions on the ring; dots: 1 for each node; squares: ")
                .append("several for each node</text>\n</svg>\n");
        return svg.toString();
    }

    private record Series(String name, ToDoubleFunction<RingScale.Figures> value, boolean isTarget) {}

    private void panel(StringBuilder svg, int left, String title, Series... all) {
        double most = 1;
        for (Series series : all) {
            most = Math.max(
                    most, figures.stream().mapToDouble(series.value()).max().orElse(1));
        }
        Scale scale = Scale.of(left, most, figures);
        svg.append(String.format("<text class=\"t\" x=\"%d\" y=\"28\">%s</text>%n", left, title));
        scale.grid(svg);
        for (int i = 0; i < all.length; i++) {
            draw(svg, scale, all[i], Math.min(i, 2));
            svg.append(String.format(
                    "<text class=\"s l%d\" x=\"%d\" y=\"%d\">%s</text>%n",
                    Math.min(i, 2), left, 46 + 14 * i, all[i].name()));
        }
    }

    private void draw(StringBuilder svg, Scale scale, Series series, int colour) {
        StringBuilder path = new StringBuilder();
        for (RingScale.Figures of : figures) {
            double x = scale.x(of);
            double y = scale.y(series.value().applyAsDouble(of));
            if (of.positions() == 1) {
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x, y));
            }
            if (!series.isTarget()) {
                svg.append(marker(of, x, y, colour));
            }
        }
        svg.append(String.format("<path class=\"c%d%s\" d=\"%s\"/>%n", colour, series.isTarget() ? " d" : "", path));
    }

    private static String marker(RingScale.Figures of, double x, double y, int colour) {
        String shape = of.positions() == 1
                ? "<circle class=\"l%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>%n"
                : "<rect class=\"c%d\" x=\"%.1f\" y=\"%.1f\" width=\"7\" height=\"7\"/>%n";
        double shift = of.positions() == 1 ? 0 : 3.5;
        return String.format(Locale.ROOT, shape, colour, x - shift, y - shift);
    }

    /** Logarithmic to the right, in decades; linear upwards, from nothing. */
    private record Scale(int left, double most, double fromDecade, double toDecade) {
        private static final int WIDTH = 230;
        private static final int TOP = 100;
        private static final int BOTTOM = 255;

        static Scale of(int left, double most, List<RingScale.Figures> figures) {
            double[] decades = figures.stream()
                    .mapToDouble(of -> Math.log10((double) of.nodes() * of.positions()))
                    .sorted()
                    .toArray();
            double from = Math.floor(decades[0]);
            return new Scale(left + 25, most, from, Math.max(from + 1, Math.ceil(decades[decades.length - 1])));
        }

        double x(RingScale.Figures of) {
            return x(Math.log10((double) of.nodes() * of.positions()));
        }

        private double x(double decade) {
            return left + WIDTH * (decade - fromDecade) / (toDecade - fromDecade);
        }

        double y(double value) {
            return BOTTOM - (BOTTOM - TOP) * value / most;
        }

        void grid(StringBuilder svg) {
            for (int decade = (int) fromDecade; decade <= toDecade; decade++) {
                double x = x(decade);
                svg.append(String.format(
                        Locale.ROOT,
                        "<path class=\"g\" d=\"M%.1f %dV%d\"/><text class=\"s\" x=\"%.1f\" y=\"270\""
                                + " text-anchor=\"middle\">%,d</text>%n",
                        x,
                        TOP,
                        BOTTOM,
                        x,
                        (long) Math.pow(10, decade)));
            }
            for (double value : new double[] {0, most / 2, most}) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<path class=\"g\" d=\"M%d %.1fh%d\"/><text class=\"s\" x=\"%d\" y=\"%.1f\""
                                + " text-anchor=\"end\">%.0f</text>%n",
                        left,
                        y(value),
                        WIDTH,
                        left - 4,
                        y(value) + 4,
                        value));
            }
        }
    }
}
