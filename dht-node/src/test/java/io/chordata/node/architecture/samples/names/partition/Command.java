package io.chordata.node.architecture.samples.names.partition;

import picocli.CommandLine;

/** Breaks: the command line is the business of cli alone. */
public record Command(CommandLine line) {}
