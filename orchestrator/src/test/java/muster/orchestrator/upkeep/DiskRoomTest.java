package muster.orchestrator.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import muster.orchestrator.config.FarmConfig;
import org.junit.jupiter.api.Test;

class DiskRoomTest {

    private static final long GB = 1L << 30;

    @Test
    void aSizeAndAPartOfTheDiskAreBothBounds() {
        assertThat(room(3 * GB, "4G").lack())
                .contains("the disk of the home has 3G left, and is to have 4G (disk.least in farm.yaml)");
        assertThat(room(4 * GB, "4G").lack()).isEmpty();
        assertThat(room(4 * GB, "5%").lack()).isPresent();
        assertThat(room(5 * GB, "5%").lack()).isEmpty();
    }

    @Test
    void theDiskOfARealFolderIsKnown() throws Exception {
        DiskRoom.Now now = new DiskRoom(DiskRoom.Disk.of(Path.of("/")), FarmConfig.Room.of("1K")).now();
        assertThat(now.size()).isGreaterThan(now.free()).isPositive();
    }

    private static DiskRoom room(long free, String least) {
        DiskRoom.Disk disk = new DiskRoom.Disk() {
            @Override
            public long free() {
                return free;
            }

            @Override
            public long size() {
                return 100 * GB;
            }
        };
        return new DiskRoom(disk, FarmConfig.Room.of(least));
    }
}
