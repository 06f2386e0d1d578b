package muster.orchestrator.config;

import java.nio.file.Path;
import muster.images.Recipe;

/**
 * A recipe and where it came from.
 *
 * @param recipe what the file says
 * @param file where it lies
 * @param digest SHA-256 of the file, in hex
 */
public record RecipeFile(Recipe recipe, Path file, String digest) {}
