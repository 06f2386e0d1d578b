package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CaseNamesTest {

    @Test
    void secondNameAndNameThatLooksLikeASecondAreToldApart() throws IOException {
        try (CaseNames names = new CaseNames()) {
            assertThat(names.unique(Name.of("a"))).isEqualTo("a");
            assertThat(names.unique(Name.of("a #2"))).isEqualTo("a #2");
            assertThat(names.unique(Name.of("a"))).isEqualTo("a #3");
            assertThat(names.unique(Name.of("a #2"))).isEqualTo("a #2 #3");
            assertThat(names.unique(Name.of("a"))).isEqualTo("a #4");
        }
    }

    @Test
    void countsAreRightAcrossTablesInHeapAndInFiles() throws IOException {
        Random random = new Random(4);
        Map<Integer, Integer> expected = new HashMap<>();
        try (NameCounts counts = new NameCounts()) {
            for (int i = 0; i < 1_500_000; i++) {
                int number = random.nextInt(900_000);
                int count = counts.add(Name.of("a name of " + number).hash());
                assertThat(count == expected.merge(number, 1, Integer::sum))
                        .as("%s", number)
                        .isTrue();
            }
        }
    }
}
