# shell: busybox
# subshells have their own variables, directory and traps; groups do not.
v=1
(v=2; cd /; echo "$v")
echo $v
{ v=3; }
echo $v
(exit 9); echo $?
( (exit 4); echo "inner $?"; exit 5 ); echo "outer $?"
echo x | { read v; echo "in pipe $v"; }
echo $v
