# shell: busybox
# exit status: of the last command, of lists, negation, functions, subshells, and modulo 256.
true && false; echo $?
false || true; echo $?
! false; echo $?
(exit 256); echo $?
(exit 257); echo $?
f() { return 200; }; f; echo $?
if (exit 3); then echo then; else echo "else $?"; fi
case x in y) ;; esac; echo $?
while false; do :; done; echo $?
x=$(exit 6); echo $?
for i in; do false; done; echo $?
sh -c 'exit'; echo $?
sh -c 'false; exit'; echo $?
: | (exit 11); echo $?
exit 42
