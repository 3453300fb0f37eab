package io.chordata.node.cli;

/** The version of the program, as the build wrote it into the jar's manifest. */
final class NodeVersion {
    private static final String OUTSIDE_OF_A_JAR = "development";

    private NodeVersion() {}

    static String text() {
        String version = NodeVersion.class.getPackage().getImplementationVersion();
        return version == null ? OUTSIDE_OF_A_JAR : version;
    }
}
