package muster.orchestrator.cli;

import picocli.CommandLine.Command;

/** {@code muster report}: the report database as files. */
@Command(name = "report", description = "Writes the report database.", subcommands = ReportExportCommand.class)
final class ReportCommand extends Group {}
