package muster.reports.site;

import java.util.List;
import muster.reports.view.CaseLine;

/** All cases of a cell as plain text, a line each: verdict, tab, name. */
final class CaseList {

    private CaseList() {}

    static String of(List<CaseLine> cases) {
        Text text = new Text();
        StringBuilder all = new StringBuilder();
        for (CaseLine one : cases) {
            all.append(one.verdict()).append('\t').append(text.line(one.name())).append('\n');
        }
        return all.toString();
    }
}
