package io.chordata.node.cli;

import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command gets from whoever calls it, and where it answers.
 *
 * @param out for results
 * @param err for complaints
 */
record Terminal(Map<String, String> environment, PrintWriter out, PrintWriter err) {}
