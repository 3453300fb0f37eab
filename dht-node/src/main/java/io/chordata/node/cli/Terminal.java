package io.chordata.node.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command gets from whoever calls it, and where it answers.
 *
 * @param out for results
 * @param err for complaints
 * @param bytes for results that are no text; goes where {@code out} does
 */
record Terminal(Map<String, String> environment, PrintWriter out, PrintWriter err, OutputStream bytes) {
    /** Without a place for bytes. */
    Terminal(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        this(environment, out, err, OutputStream.nullOutputStream());
    }
}
