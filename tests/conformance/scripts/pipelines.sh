# shell: busybox
# pipelines: order, exit status of the last, a reader that ends early, twenty stages.
seq 1 100000 | sort -rn | head -n 3
false | true; echo $?
true | false; echo $?
! true; echo $?
yes | head -n 2
seq 1 5 | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | tail -n 1
set -o pipefail
false | true; echo $?
(exit 3) | (exit 5) | true; echo $?
echo a b c | while read x y z; do echo $z $y $x; done
