# Shows what is mounted at SOURCE also at TARGET, with owners 0 to COUNT as FIRST to FIRST + COUNT: an idmapped mount, see
# mount_setattr(2). The system calls' numbers are the same on all machines.
use strict;
use warnings;
use constant { OPEN_TREE => 428, MOVE_MOUNT => 429, MOUNT_SETATTR => 442 };
use constant { AT_FDCWD => -100, AT_EMPTY_PATH => 0x1000, OPEN_TREE_CLONE => 1, MOVE_MOUNT_F_EMPTY_PATH => 4 };
use constant { MOUNT_ATTR_IDMAP => 0x100000 };

my ($source, $target, $first, $count) = @ARGV;
sub fail { die "cannot shift the owners of $source: $_[0]: $!\n" }

# A user namespace is there as long as a process is in it.
my $ours = readlink '/proc/self/ns/user';
my $holder = open(my $input, '|-', 'unshare', '--user', 'cat') // fail('unshare');
while ((readlink("/proc/$holder/ns/user") // '') =~ /^(|\Q$ours\E)$/) {
  kill(0, $holder) or fail('no user namespace');
  select(undef, undef, undef, 0.001);
}
for my $map ('uid_map', 'gid_map') {
  open(my $out, '>', "/proc/$holder/$map") or fail($map);
  print $out "0 $first $count\n";
  close($out) or fail($map);
}
open(my $space, '<', "/proc/$holder/ns/user") or fail('user namespace');

my $nothing = '';
my $tree = syscall(OPEN_TREE, AT_FDCWD, $source, OPEN_TREE_CLONE);
$tree >= 0 or fail('open_tree');
my $attributes = pack('Q4', MOUNT_ATTR_IDMAP, 0, 0, fileno($space));
syscall(MOUNT_SETATTR, $tree, $nothing, AT_EMPTY_PATH, $attributes, length $attributes) == 0 or fail('mount_setattr');
syscall(MOVE_MOUNT, $tree, $nothing, AT_FDCWD, $target, MOVE_MOUNT_F_EMPTY_PATH) == 0 or fail('move_mount');
