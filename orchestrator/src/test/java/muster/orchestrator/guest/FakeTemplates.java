package muster.orchestrator.guest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Templates of a {@link FakeDriver}, whose guests are what the driver is told to start next. */
public final class FakeTemplates implements Templating {

    private final FakeDriver driver;
    private final List<String> distrusted = new ArrayList<>();
    private @Nullable String refusal;
    private int resumed;

    FakeTemplates(FakeDriver driver) {
        this.driver = driver;
    }

    /** From now on guests are not resumed, for this reason. */
    public synchronized void refuse(String why) {
        refusal = why;
    }

    /** How many guests were resumed. */
    public synchronized int resumed() {
        return resumed;
    }

    /** Why it was told that what it resumed is no good. */
    public synchronized List<String> distrusted() {
        return List.copyOf(distrusted);
    }

    @Override
    public String description() {
        return "resumed from what is told";
    }

    @Override
    public synchronized Guest resume(GuestSpec spec, FirstBoot first) throws NotResumed {
        if (refusal != null) {
            throw new NotResumed(refusal);
        }
        try {
            Guest guest = driver.start(spec);
            resumed++;
            return guest;
        } catch (FarmFailed failed) {
            throw new NotResumed(String.valueOf(failed.getMessage()));
        }
    }

    @Override
    public synchronized void distrust(GuestSpec spec, String why) {
        distrusted.add(why);
    }

    @Override
    public void cleanUp() {}
}
