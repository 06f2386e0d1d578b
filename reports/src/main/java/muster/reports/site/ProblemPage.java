package muster.reports.site;

/** Why there is no such page, or a deed was not done. */
public record ProblemPage(int status, String title, String detail) {}
