# shell: bash
# BASHPID, BASH_SUBSHELL, lastpipe, exported functions, and variables that stay behind.
(((BASHPID != $$))) && echo same || echo own
[[ $BASHPID == $$ ]] && echo "top $BASH_SUBSHELL"; ( [[ $BASHPID != $$ ]] && echo "sub $BASH_SUBSHELL"; (echo "deeper $BASH_SUBSHELL") )
v=1; echo x | v=2; echo $v; shopt -s lastpipe; echo 3 | read -r v; echo $v; shopt -u lastpipe
f() { echo "exported $1"; }; export -f f; /bin/bash-static -c 'f yes'
x=$( (exit 3); echo out; exit 4 ); echo "$? $x"
cd_in() { (cd / && pwd); }; cd_in; [[ $PWD != / ]] && echo stayed
( exec -a renamed /bin/bash-static -c 'echo $0' ); (exec -a basename /bin/busybox x/y)
source <(echo 'echo from a pipe; w=7'); echo $w
{ v=group; } > /dev/null; echo $v; (v=sub); echo $v
