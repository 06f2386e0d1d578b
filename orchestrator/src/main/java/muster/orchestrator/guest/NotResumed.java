package muster.orchestrator.guest;

/** A guest is booted rather than resumed. The message says why, as a clause: {@code its template is being made}. */
public final class NotResumed extends Exception {

    private final boolean lasting;

    public NotResumed(String why) {
        this(why, false);
    }

    private NotResumed(String why, boolean lasting) {
        super(why);
        this.lasting = lasting;
    }

    /** For a reason that stays as long as the image and all else stay as they are. */
    public static NotResumed lasting(String why) {
        return new NotResumed(why, true);
    }

    public boolean isLasting() {
        return lasting;
    }

    public String why() {
        return String.valueOf(getMessage());
    }
}
