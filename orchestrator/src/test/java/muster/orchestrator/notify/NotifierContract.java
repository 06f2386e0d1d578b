package muster.orchestrator.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import muster.orchestrator.config.Channel;
import org.junit.jupiter.api.Test;

/** What every way to tell people does. */
abstract class NotifierContract {

    static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    /** One that reaches somebody. */
    abstract Notifier reaching() throws Exception;

    /** One that reaches nobody. */
    abstract Notifier missing() throws Exception;

    /** All that was told, in the words that arrived. */
    abstract List<String> arrived() throws Exception;

    static Notice notice(String id, String headline, String text) {
        return new Notice(
                id, Channel.Event.REGRESSION, "nightly", 12, NOW, headline, text, "https://farm.example.org/run/12");
    }

    @Test
    void whatIsToldArrivesWhole() throws Exception {
        reaching()
                .send(new Message(
                        List.of(notice("a", "nightly: 1 confirmed regression", "sem_wait/1-1: PASS -> FAIL"))));
        assertThat(arrived())
                .singleElement()
                .asString()
                .contains("nightly: 1 confirmed regression", "sem_wait/1-1", "run/12");
    }

    @Test
    void severalThingsArriveInOneMessage() throws Exception {
        reaching().send(new Message(List.of(notice("a", "first things", "x"), notice("b", "second things", "y"))));
        assertThat(arrived()).singleElement().asString().contains("first things", "second things");
    }

    @Test
    void wordsOfAllScriptsArrive() throws Exception {
        reaching().send(new Message(List.of(notice("a", "gr\u00fc\u00df", "\u65e5\u672c\u8a9e"))));
        assertThat(arrived().getFirst()).containsAnyOf("gr\u00fc\u00df", "gr\\u00FC\\u00DF");
    }

    @Test
    void whereNobodyTakesItThatIsSaid() {
        IOException failed =
                assertThrows(IOException.class, () -> missing().send(new Message(List.of(notice("a", "b", "c")))));
        assertThat(failed).hasMessageStartingWith("cannot ");
    }
}
