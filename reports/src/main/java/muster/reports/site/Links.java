package muster.reports.site;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import muster.reports.CellKey;
import muster.reports.view.CaseFilter;
import muster.reports.view.CaseName;
import org.jspecify.annotations.Nullable;

/**
 * Where pages lie, from the site's root. An address is stable: the same run, cell or case has the same one in every
 * export. Names of cases come from guests and never reach a path; a digest stands for them.
 */
public final class Links {

    private final Predicate<Long> runs;
    private final Function<CaseName, @Nullable String> cases;

    private Links(Predicate<Long> runs, Function<CaseName, @Nullable String> cases) {
        this.runs = runs;
        this.cases = cases;
    }

    /** With the runs and the cases that have pages. */
    static Links among(Set<Long> runs, Set<CaseName> cases) {
        Set<CaseName> known = Set.copyOf(cases);
        return new Links(runs::contains, one -> known.contains(one) ? page(one) : null);
    }

    /** Every run and every case has a page, made when it is asked for. */
    static Links everywhere() {
        return new Links(run -> true, Links::served);
    }

    public static String run(long run) {
        return "run/" + run + "/index.html";
    }

    /** The page that compares two runs, the earlier one first. */
    public String compare(long before, long now) {
        return "compare/" + before + "-" + now + ".html";
    }

    /** A page of some cases of a cell, from 1; those of one verdict have pages in a written site, too. */
    public String cases(long run, CellKey cell, CaseFilter filter, int page) {
        String verdict = filter.verdict() == null ? "" : filter.verdict().name().toLowerCase(Locale.ROOT);
        if (filter.name().isEmpty() && !verdict.isEmpty()) {
            return folder(run, cell) + "/cases-" + verdict + "-" + page + ".html";
        }
        return found(run, cell) + "?name=" + URLEncoder.encode(filter.name(), StandardCharsets.UTF_8) + "&verdict="
                + verdict + "&page=" + page;
    }

    /** Where cases of a cell are looked for by a part of their names. */
    public String found(long run, CellKey cell) {
        return folder(run, cell) + "/cases.html";
    }

    public static String cell(long run, CellKey cell) {
        return folder(run, cell) + ".html";
    }

    /** The page of a cell, or null where its run has no pages. */
    public @Nullable String cellOrNull(long run, CellKey cell) {
        return runs.test(run) ? cell(run, cell) : null;
    }

    /** The folder of the texts of a cell. */
    public static String folder(long run, CellKey cell) {
        return "run/" + run + "/" + cell.slug();
    }

    /** The page of a case, or null where it has none. */
    public @Nullable String caseOrNull(String suite, String name) {
        return cases.apply(new CaseName(suite, name));
    }

    /** A name for an element of a page that stands for a case. */
    public String anchor(String name) {
        return "case-" + digest(name).substring(0, 12);
    }

    /** Where a case is found by its name; by its digest where no address can hold the name. */
    private static String served(CaseName one) {
        String name = one.name();
        return StandardCharsets.UTF_8.newEncoder().canEncode(name)
                ? "case/" + one.suite() + "/by-name.html?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8)
                : page(one);
    }

    /** {@code case/SUITE/PREFIX-DIGEST.html}: a readable beginning and 96 bits of the name's digest. */
    static String page(CaseName one) {
        String words = one.name()
                .substring(0, Math.min(one.name().length(), 200))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-", "");
        String prefix = words.substring(0, Math.min(words.length(), 40)).replaceAll("-$", "");
        return "case/" + one.suite() + "/" + (prefix.isEmpty() ? "" : prefix + "-")
                + digest(one.name()).substring(0, 24) + ".html";
    }

    /** SHA-256 over the text's UTF-16 units, so that no two texts share one, well-formed or not. */
    static String digest(String text) {
        try {
            byte[] bytes = new byte[2 * text.length()];
            ByteBuffer.wrap(bytes).asCharBuffer().put(text);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("cannot digest: this Java has no SHA-256", absent);
        }
    }
}
