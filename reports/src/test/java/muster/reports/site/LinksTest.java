package muster.reports.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import muster.reports.view.CaseName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "",
                ".",
                "a b",
                "<script>",
                "%2e%2e",
                "con\u0000",
                "私",
                "\ud800",
                "a#b?c",
                "\u0130"
            })
    void addressOfACaseIsPlainWhateverItsName(String name) {
        assertThat(Links.page(new CaseName("commands", name)))
                .matches("case/commands/([a-z0-9]+(-[a-z0-9]+)*-)?[0-9a-f]{24}\\.html");
    }

    @Test
    void namesThatReadAlikeHaveTheirOwnAddresses() {
        Set<String> addresses = new java.util.HashSet<>();
        for (String name : new String[] {"cut -c", "cut -C", "cut  -c", "cut_-c", "cut -c ", "\ud800", "\ud801", "?"}) {
            assertThat(addresses.add(Links.page(new CaseName("commands", name))))
                    .isTrue();
        }
    }

    @Test
    void addressStaysTheSame() {
        assertThat(Links.page(new CaseName("commands", "date -d 1999-W07-3 +%s")))
                .isEqualTo("case/commands/date-d-1999-w07-3-s-4dbaf7fd67faccd94d92f898.html");
        assertThat(Links.cell(12, DemoFarm.CELL)).isEqualTo("run/12/debian-12~commands~default~uml.html");
    }

    @Test
    void whatHasNoPageHasNoAddress() {
        Links links = Links.among(Set.of(3L), Set.of(new CaseName("commands", "a")));
        assertThat(links.cellOrNull(3, DemoFarm.CELL)).isEqualTo(Links.cell(3, DemoFarm.CELL));
        assertThat(links.cellOrNull(2, DemoFarm.CELL)).isNull();
        assertThat(links.caseOrNull("commands", "a")).startsWith("case/commands/a-");
        assertThat(links.caseOrNull("posix", "a")).isNull();
    }
}
