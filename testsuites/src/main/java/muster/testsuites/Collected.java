package muster.testsuites;

import java.nio.file.Path;
import java.util.List;

/**
 * What was fetched from a guest after its suite.
 *
 * @param artefacts the files kept, relative to their folder
 * @param subjects what was really tested
 * @param notes what was left out and why, a line each
 */
public record Collected(List<Path> artefacts, List<Subject> subjects, List<String> notes) {}
