package muster.reports.site;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import muster.reports.CellKey;
import muster.reports.view.GuestTime;

/** Guests on hosts over time, with what the hosts waited for under them. */
public record GuestChart(TimeAxis axis, List<HostRow> hosts) {

    static final int ROW = 26;
    private static final int BAR = 20;
    private static final double LETTER = 7.2;
    private static final double NARROW = 320;
    private static final double WIDE = 1_080;

    /**
     * A host.
     *
     * @param height of its bars' picture, in CSS pixels
     * @param atOnce how many guests it had at once, at most
     * @param guests how many it had in all
     */
    public record HostRow(
            String host, int height, int atOnce, int guests, List<Bar> bars, List<PressureChart> pressure) {}

    /**
     * A guest.
     *
     * @param x where it begins, as a share of the axis; {@code width} likewise
     * @param y from the picture's top, in CSS pixels
     * @param label what fits into it, or nothing
     * @param roomy whether the label fits on wide screens only
     */
    public record Bar(
            GuestTime guest, State state, String x, String width, int y, int height, String label, boolean roomy) {}

    static GuestChart of(List<GuestTime> guests, Instant now, ZoneId zone) {
        Instant from = guests.stream()
                .map(each -> each.guest().startedAt())
                .min(Comparator.naturalOrder())
                .orElse(now);
        Instant to = guests.stream()
                .map(each -> end(each, now))
                .max(Comparator.naturalOrder())
                .filter(last -> last.isAfter(from))
                .orElse(from.plusSeconds(1));
        TimeAxis axis = TimeAxis.of(from, to, zone);
        Map<String, List<GuestTime>> byHost = new TreeMap<>();
        guests.forEach(each -> byHost.computeIfAbsent(each.guest().host(), host -> new ArrayList<>())
                .add(each));
        List<HostRow> hosts = new ArrayList<>();
        byHost.forEach((host, its) -> hosts.add(host(host, its, axis, now)));
        return new GuestChart(axis, hosts);
    }

    static Instant end(GuestTime guest, Instant now) {
        return Objects.requireNonNullElse(guest.endedAt(), now);
    }

    private static HostRow host(String host, List<GuestTime> guests, TimeAxis axis, Instant now) {
        List<Instant> free = new ArrayList<>();
        List<Bar> bars = new ArrayList<>();
        for (GuestTime guest : guests) {
            Instant began = guest.guest().startedAt();
            int slot = 0;
            while (slot < free.size() && free.get(slot).isAfter(began)) {
                slot++;
            }
            if (slot == free.size()) {
                free.add(end(guest, now));
            } else {
                free.set(slot, end(guest, now));
            }
            bars.add(bar(guest, slot, axis, now));
        }
        List<PressureChart> pressure = Stream.of("cpu", "memory", "io")
                .map(kind -> PressureChart.of(kind, guests, axis, now))
                .filter(chart -> !chart.steps().isEmpty())
                .toList();
        return new HostRow(host, free.size() * ROW, free.size(), guests.size(), bars, pressure);
    }

    private static Bar bar(GuestTime guest, int slot, TimeAxis axis, Instant now) {
        double share = axis.share(guest.guest().startedAt(), end(guest, now));
        State state = guest.outcome() == null ? new State("live", "under way") : State.of(guest.outcome());
        boolean tall = state.kind().equals("bad");
        int height = tall ? ROW - 2 : BAR - 4;
        CellKey cell = guest.cell();
        String name = cell.distribution() + " " + cell.suite()
                + (guest.guest().role().equals("main")
                        ? ""
                        : " " + new Text().line(guest.guest().role()));
        double needs = name.length() * LETTER + 14;
        return new Bar(
                guest,
                state,
                axis.x(guest.guest().startedAt()),
                Percent.of(Math.max(share, 0.002), 1),
                slot * ROW + (ROW - height) / 2,
                height,
                needs <= share * WIDE ? name : "",
                needs > share * NARROW);
    }
}
