package muster.testsuites.format;

import java.util.Map;
import muster.testsuites.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What the words of journals mean, where formats share them. They go back to POSIX 1003.3, the Test Environment Toolkit
 * and DejaGnu; {@code TIMEOUT}, {@code HUNG} and {@code INTERRUPTED} name the cause of a case that came to no decision.
 */
final class NativeWords {
    private static final Map<String, Verdict> VERDICTS = Map.ofEntries(
            Map.entry("PASS", Verdict.PASS),
            Map.entry("PASSED", Verdict.PASS),
            Map.entry("FAIL", Verdict.FAIL),
            Map.entry("FAILED", Verdict.FAIL),
            Map.entry("ERROR", Verdict.UNRESOLVED),
            Map.entry("HUNG", Verdict.UNRESOLVED),
            Map.entry("INTERRUPTED", Verdict.UNRESOLVED),
            Map.entry("TIMEOUT", Verdict.UNRESOLVED),
            Map.entry("UNRESOLVED", Verdict.UNRESOLVED),
            Map.entry("UNINITIATED", Verdict.UNINITIATED),
            Map.entry("NORESULT", Verdict.NORESULT),
            Map.entry("SKIP", Verdict.SKIP),
            Map.entry("SKIPPED", Verdict.SKIP),
            Map.entry("UNSUPPORTED", Verdict.UNSUPPORTED),
            Map.entry("UNTESTED", Verdict.UNTESTED),
            Map.entry("WARNING", Verdict.WARNING),
            Map.entry("FIP", Verdict.FIP),
            Map.entry("INSPECT", Verdict.FIP),
            Map.entry("NOTINUSE", Verdict.SKIP),
            Map.entry("NOTIMP", Verdict.UNSUPPORTED),
            Map.entry("UNAPPROVE", Verdict.UNRESOLVED),
            Map.entry("XFAIL", Verdict.XFAIL),
            Map.entry("KFAIL", Verdict.XFAIL),
            Map.entry("XPASS", Verdict.XPASS),
            Map.entry("KPASS", Verdict.XPASS));

    private NativeWords() {}

    /** What {@code word} means, or null where it is none of these. */
    static @Nullable Verdict verdict(String word) {
        return VERDICTS.get(word);
    }
}
