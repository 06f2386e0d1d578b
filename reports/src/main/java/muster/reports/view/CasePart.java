package muster.reports.view;

import java.util.List;

/**
 * A part of the cases that were asked for.
 *
 * @param total how many there are in all
 */
public record CasePart(List<CaseLine> cases, int total) {

    /** Nothing. */
    public static final CasePart NONE = new CasePart(List.of(), 0);
}
