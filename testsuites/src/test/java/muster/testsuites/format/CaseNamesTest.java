package muster.testsuites.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CaseNamesTest {

    private static String unique(CaseNames names, String name) throws IOException {
        return names.unique(name, Name.of(name).hash());
    }

    @Test
    void secondNameAndNameThatLooksLikeASecondAreToldApart() throws IOException {
        try (CaseNames names = new CaseNames()) {
            assertThat(unique(names, "a")).isEqualTo("a");
            assertThat(unique(names, "a #2")).isEqualTo("a #2");
            assertThat(unique(names, "a")).isEqualTo("a #3");
            assertThat(unique(names, "a #2")).isEqualTo("a #2 #3");
            assertThat(unique(names, "a")).isEqualTo("a #4");
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
