package muster.orchestrator.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import muster.orchestrator.config.ConfigError;
import muster.reports.CellKey;
import org.junit.jupiter.api.Test;

class SelectorTest {

    private static final List<CellKey> CELLS = Stream.of(
                    "debian-11:commands:default@uml",
                    "debian-11:posix:full@uml",
                    "debian-12:commands:default@uml",
                    "debian-12:posix:full@qemu",
                    "debian-12:posix:quick@qemu")
            .map(CellKey::parse)
            .toList();

    private static List<String> select(String... selectors) throws ConfigError {
        return Selector.parse(List.of(selectors)).select(CELLS).stream()
                .map(CellKey::toString)
                .toList();
    }

    private static String errorOf(String... selectors) {
        return catchThrowableOfType(ConfigError.class, () -> select(selectors)).getMessage();
    }

    @Test
    void noneSelectsAll() throws ConfigError {
        assertThat(select()).hasSize(5);
        assertThat(select("*")).hasSize(5);
    }

    @Test
    void partsMayBeLeftOutFromTheRight() throws ConfigError {
        assertThat(select("debian-11")).containsExactly("debian-11:commands:default@uml", "debian-11:posix:full@uml");
        assertThat(select("debian-12:posix"))
                .containsExactly("debian-12:posix:full@qemu", "debian-12:posix:quick@qemu");
        assertThat(select("debian-12:posix:quick")).containsExactly("debian-12:posix:quick@qemu");
        assertThat(select("debian-12:posix:quick@qemu")).containsExactly("debian-12:posix:quick@qemu");
        assertThat(select("debian-12@uml")).containsExactly("debian-12:commands:default@uml");
    }

    @Test
    void aStarIsAnyCharactersAndAllElseIsItself() throws ConfigError {
        assertThat(select("*:posix")).hasSize(3);
        assertThat(select("debian-*:*:f*@q*")).containsExactly("debian-12:posix:full@qemu");
        assertThat(select("*1:commands")).containsExactly("debian-11:commands:default@uml");
        assertThat(errorOf("debian.11")).startsWith("selector debian.11: selects no cell");
    }

    @Test
    void severalPickWhatAnyPicksInTheOrderOfTheCells() throws ConfigError {
        assertThat(select("debian-12:posix:quick", "*:commands"))
                .containsExactly(
                        "debian-11:commands:default@uml",
                        "debian-12:commands:default@uml",
                        "debian-12:posix:quick@qemu");
    }

    @Test
    void aBangTakesAway() throws ConfigError {
        assertThat(select("!*:posix"))
                .containsExactly("debian-11:commands:default@uml", "debian-12:commands:default@uml");
        assertThat(select("debian-12", "!*@uml"))
                .containsExactly("debian-12:posix:full@qemu", "debian-12:posix:quick@qemu");
    }

    @Test
    void whatSelectsNothingSaysWhichPartAndTheNearestWord() {
        assertThat(errorOf("debain-12:posix"))
                .isEqualTo("selector debain-12:posix: selects no cell: no distribution is called 'debain-12':"
                        + " expected one of debian-11, debian-12; did you mean 'debian-12'?");
        assertThat(errorOf("debian-11:posix:quick"))
                .isEqualTo("selector debian-11:posix:quick: selects no cell: no variant is called 'quick':"
                        + " expected full");
        assertThat(errorOf("debian-11", "!*:posit", "*@lxc").lines())
                .containsExactly(
                        "selector !*:posit: selects no cell: no suite is called 'posit':"
                                + " expected one of commands, posix; did you mean 'posix'?",
                        "selector *@lxc: selects no cell: no driver is called 'lxc': expected one of qemu, uml");
        assertThat(errorOf("debian-11", "!debian-*"))
                .isEqualTo("selector debian-11 !debian-*: these selectors together leave no cell:"
                        + " expected at least one cell that is left");
    }

    @Test
    void whatIsNoSelectorIsRefused() {
        for (String wrong : List.of("", "!", "a:b:c:d", "a@b@c", "a:", "@uml", "a b")) {
            assertThat(errorOf(wrong))
                    .isEqualTo("selector " + wrong + ": cannot read this selector:"
                            + " expected distribution:suite:variant@driver, such as debian-12:posix or *@uml");
        }
    }
}
