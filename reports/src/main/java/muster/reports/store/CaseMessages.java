package muster.reports.store;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What journals said of some cases of some attempts. */
final class CaseMessages {

    private CaseMessages() {}

    /** Attempt to case number to message, from attempt to case numbers. */
    static Map<Long, Map<Integer, String>> of(Handle handle, Map<Long, int[]> wanted) {
        Map<Long, Map<Integer, Long>> ids = new HashMap<>();
        Set<Long> all = new HashSet<>();
        BlockScan.blocks(handle, List.copyOf(wanted.keySet()), (attempt, numbers, parts) -> {
            int[] these = Known.of(wanted, attempt).clone();
            Arrays.sort(these);
            Map<Integer, Long> found = new HashMap<>();
            int at = 0;
            for (BlockPart part : parts) {
                for (long message : part.messages()) {
                    int number = numbers[at++];
                    if (message != 0 && Arrays.binarySearch(these, number) >= 0) {
                        found.put(number, message);
                        all.add(message);
                    }
                }
            }
            ids.put(attempt, found);
        });
        Map<Long, String> texts = Messages.texts(handle, all);
        Map<Long, Map<Integer, String>> messages = new HashMap<>();
        ids.forEach((attempt, found) -> {
            Map<Integer, String> said = new HashMap<>();
            found.forEach((number, id) -> said.put(number, Known.of(texts, id)));
            messages.put(attempt, said);
        });
        return messages;
    }
}
