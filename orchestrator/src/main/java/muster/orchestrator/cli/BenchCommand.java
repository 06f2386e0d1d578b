package muster.orchestrator.cli;

import picocli.CommandLine.Command;

/** {@code muster bench}. */
@Command(
        name = "bench",
        description = "Measures this host.",
        subcommands = {
            BenchGuestsCommand.class,
            BenchReadyCommand.class,
            BenchMakespanCommand.class,
            BenchDensityCommand.class,
            BenchTransferCommand.class,
            BenchPanicCommand.class,
            BenchStoreCommand.class,
            BenchSiteCommand.class,
            BenchStatusCommand.class,
            BenchCellsCommand.class
        })
final class BenchCommand extends Group {}
