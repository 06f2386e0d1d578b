package muster.testsuites;

/**
 * Something that a suite really tested, as the guest itself said.
 *
 * @param name what the suite calls it, e.g. {@code ls}
 * @param path where it was found, links resolved
 * @param version the package and version that it belongs to, or empty
 */
public record Subject(String name, String path, String version) {}
