package muster.orchestrator.config;

/** A word with its place, for mistakes that only its reader can see. */
public record Text(String value, Place place) {}
