package muster.orchestrator.web;

/**
 * What a command came to.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err what it printed of what is wrong
 * @param isDeed whether it was one that changes something
 */
public record CommandAnswer(int status, String out, String err, boolean isDeed) {}
