# shell: busybox
# scripts: sourced with return, run by path, by PATH, by an interpreter with an argument, and without #!.
echo 'v=sourced; echo "args $*"; return 5; echo no' > lib
. ./lib a b; echo "$? $v"
mkdir tools; printf '#!/bin/busybox sh\necho "tool $1 of $(basename "$0")"; exit 3\n' > tools/mine; chmod 755 tools/mine
tools/mine x; echo $?
PATH=$PATH:$PWD/tools mine y
printf '#!/bin/busybox cat\ntext in\n' > script; chmod 755 script; ./script
printf 'echo "no magic $1"\n' > plain; chmod 755 plain; ./plain z
chmod 644 plain; ./plain 2> /dev/null; echo "not executable $?"
./missing 2> /dev/null; echo "missing $?"
sh plain q; sh < plain
printf '#!/none/such\n' > bad; chmod 755 bad; ./bad 2> /dev/null; echo "no interpreter $?"
