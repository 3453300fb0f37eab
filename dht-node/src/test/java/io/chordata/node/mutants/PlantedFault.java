package io.chordata.node.mutants;

/**
 * A change of one line or a few in our own code.
 *
 * @param type the class that is changed, by its simple name
 * @param original what stands there, exactly once
 * @param planted what stands there instead
 */
public record PlantedFault(String type, String original, String planted) {
    /** Fails where the original is not there any more: then the fault has to follow the code. */
    String plantInto(String source) {
        if (source.indexOf(original) < 0 || source.indexOf(original) != source.lastIndexOf(original)) {
            throw new AssertionError(type + " has not exactly one '" + original + "'");
        }
        return source.replace(original, planted);
    }
}
