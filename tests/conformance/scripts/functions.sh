# shell: busybox
# functions, local variables, return codes, recursion and set -e.
f() { local v=in; echo "$v $1"; return 3; }
v=out; f arg; echo "$? $v"
fact() { [ $1 -le 1 ] && echo 1 || echo $(($1 * $(fact $(($1 - 1))))); }
fact 6
sh -ec 'echo a; false; echo b'; echo $?
sh -ec 'if false; then :; fi; echo c; (exit 2) || true; echo d'
while getopts ab:c o -a -b val -c rest; do echo "$o $OPTARG"; done
i=0; while :; do i=$((i+1)); [ $i = 2 ] && continue; [ $i -gt 4 ] && break; echo $i; done
