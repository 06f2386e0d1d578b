package muster.orchestrator.bench.cells;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;

/**
 * What a guest holds of one attempt: a suite that reports one case at every tick, until it is told to end. Journal and log say with
 * every case its number and when it was written.
 */
final class PlayedSuite {

    /** Begins the journal's line of number and milliseconds; a case's own line follows it. */
    static final String MARK = "at ";

    private final Clock clock;
    private final ByteArrayOutputStream journal = new ByteArrayOutputStream();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private int cases;
    private boolean begun;
    private boolean ending;
    private boolean ended;

    PlayedSuite(Clock clock) {
        this.clock = clock;
    }

    synchronized void begin() {
        begun = true;
    }

    synchronized boolean isBegun() {
        return begun;
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    synchronized int cases() {
        return cases;
    }

    /** The next tick is its last. */
    synchronized void endSoon() {
        ending = true;
    }

    synchronized void tick() {
        if (!begun || ended) {
            return;
        }
        cases++;
        long now = clock.millis();
        journal.writeBytes(
                "%s%d %d\nPASS: case %d\n".formatted(MARK, cases, now, cases).getBytes(StandardCharsets.US_ASCII));
        log.writeBytes("%s%d %d\n".formatted(MARK, cases, now).getBytes(StandardCharsets.US_ASCII));
        if (ending) {
            journal.writeBytes("END: %d\n".formatted(cases).getBytes(StandardCharsets.US_ASCII));
            ended = true;
        }
        notifyAll();
    }

    synchronized byte[] content(String file) {
        return of(file).toByteArray();
    }

    synchronized int size(String file) {
        return of(file).size();
    }

    /** Copies journal and log from offsets on, as they grow, until the suite has ended. */
    void follow(int journalFrom, OutputStream journalTo, int logFrom, OutputStream logTo)
            throws IOException, InterruptedException {
        int journalAt = journalFrom;
        int logAt = logFrom;
        boolean through = false;
        while (!through) {
            byte[] newJournal;
            byte[] newLog;
            synchronized (this) {
                while (journal.size() <= journalAt && log.size() <= logAt && !ended) {
                    wait();
                }
                newJournal = after(journal, journalAt);
                newLog = after(log, logAt);
                through = ended;
            }
            journalAt += write(newJournal, journalTo);
            logAt += write(newLog, logTo);
        }
    }

    private static byte[] after(ByteArrayOutputStream file, int from) {
        byte[] all = file.toByteArray();
        return Arrays.copyOfRange(all, Math.min(from, all.length), all.length);
    }

    private static int write(byte[] more, OutputStream to) throws IOException {
        to.write(more);
        to.flush();
        return more.length;
    }

    private ByteArrayOutputStream of(String file) {
        return file.equals("journal") ? journal : log;
    }
}
