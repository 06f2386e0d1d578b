package muster.reports.site;

/**
 * A form that takes a token.
 *
 * @param problem why the last one was not taken, or empty
 * @param code the one-time code that the address carried, or empty
 */
public record SignInPage(String problem, String code) {}
