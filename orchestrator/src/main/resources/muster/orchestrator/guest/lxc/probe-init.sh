#!/bin/sh
# A container that only says that it runs.
echo muster-probe-passed
