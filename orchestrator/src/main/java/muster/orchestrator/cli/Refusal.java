package muster.orchestrator.cli;

/** A command says no, with a sentence that begins "cannot ...". */
final class Refusal extends Exception {

    private final int exitCode;

    Refusal(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static Refusal usage(String message) {
        return new Refusal(ExitCode.USAGE, message);
    }

    int exitCode() {
        return exitCode;
    }
}
