package muster.orchestrator.guest;

import java.nio.file.Path;

/**
 * Where templates are kept.
 *
 * @param folder theirs, with a short path
 * @param memoryBytes the most memory that they may hold together, as their guests were given it; 0: there are none
 */
public record TemplateSpace(Path folder, long memoryBytes) {}
