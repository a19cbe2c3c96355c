# shell: busybox
# command substitution: nested, with exit codes, with trailing newlines removed.
x=$(echo a; echo b; echo; echo)
echo "[$x]"
y=$(echo $(echo $(echo deep)))
echo $y
z=$(false); echo "status $?"
z=$(exit 7); echo "status $?"
echo `echo back \`echo tick\``
n=$(seq 1 1000 | wc -l); echo $((n))
