package muster.reports.site;

import java.util.List;
import muster.reports.FurtherInformation.Resolution;
import muster.reports.view.CaseLine;

/** All cases of a cell as plain text, a line each: verdict, tab, name, and where a person decided, tab and what. */
final class CaseList {

    private CaseList() {}

    static String of(List<CaseLine> cases) {
        Text text = new Text();
        StringBuilder all = new StringBuilder();
        for (CaseLine one : cases) {
            all.append(one.verdict()).append('\t').append(text.line(one.name()));
            Resolution decided = one.decided();
            if (decided != null) {
                all.append("\tdecided ")
                        .append(decided.decision())
                        .append(" by ")
                        .append(text.line(decided.author()));
            }
            all.append('\n');
        }
        return all.toString();
    }
}
