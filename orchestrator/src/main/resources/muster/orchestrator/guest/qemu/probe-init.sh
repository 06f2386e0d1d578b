#!/bin/busybox sh
# The first and only program of the probe's guest: the machine's devices are found, processes run, and it can be stopped.
busybox mount -t sysfs sysfs /sys
if busybox grep -q 0x1af4 /sys/bus/pci/devices/*/vendor; then
  echo muster-probe-passed
else
  echo 'cannot find the virtio devices'
fi
busybox reboot -f
