#!/bin/busybox sh
# The first and only program of the probe's guest: the network device works, processes run, and the kernel can be stopped.
busybox mount -t sysfs sysfs /sys
if busybox ip link set vec0 up; then
  echo muster-probe-passed
else
  echo 'cannot use the network device vec0'
fi
busybox poweroff -f
