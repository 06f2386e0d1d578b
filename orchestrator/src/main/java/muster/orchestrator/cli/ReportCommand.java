package muster.orchestrator.cli;

import picocli.CommandLine.Command;

/** {@code muster report}: the report database as files. */
@Command(
        name = "report",
        description = "Writes the report database, reads into it, and says what of it stays.",
        subcommands = {
            ReportExportCommand.class,
            ReportImportCommand.class,
            ReportPruneCommand.class,
            ReportPinCommand.Pin.class,
            ReportPinCommand.Unpin.class
        })
final class ReportCommand extends Group {}
