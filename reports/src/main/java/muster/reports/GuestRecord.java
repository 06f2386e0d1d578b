package muster.reports;

import java.time.Instant;

/**
 * One guest of an attempt.
 *
 * @param role {@code main}, or the shard's name
 * @param driver the driver's name
 * @param host the host's name
 * @param image the base image's name
 * @param startedAt when the clone was made
 */
public record GuestRecord(String role, String driver, String host, String image, Instant startedAt) {}
