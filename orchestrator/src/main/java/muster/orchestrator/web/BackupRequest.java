package muster.orchestrator.web;

/**
 * Asks for a backup.
 *
 * @param file where it is to lie: an absolute path on the farm's host, where nothing is yet
 */
public record BackupRequest(String file) {}
