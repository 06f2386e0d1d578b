package muster.orchestrator.web;

import java.util.List;

/**
 * A backup that was made.
 *
 * @param file where it lies
 * @param bytes what it takes
 * @param files how many files are in it
 * @param notes what is not in it and must be kept otherwise, a sentence each
 */
public record BackupAnswer(String file, long bytes, int files, List<String> notes) {}
