package muster.orchestrator.web;

import java.util.List;

/**
 * Asks for a command of {@code muster} that needs the store.
 *
 * @param arguments as they were given, the verb first
 * @param folder in which it was given: the absolute path by which relative ones are meant
 * @param width characters in a line of its tables
 */
public record CommandRequest(List<String> arguments, String folder, int width) {}
