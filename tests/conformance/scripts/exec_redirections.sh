# shell: busybox
# exec redirects the shell itself: saved, replaced, restored, and for a subshell alone.
exec 3>&1 > log
echo into the log
sh -c 'echo child too'
exec 1>&3 3>&-
echo back; cat log
(exec > sub; echo hidden); echo seen; cat sub
{ echo out; echo err >&2; } 3>&1 1>&2 2>&3 | sed 's/^/swapped: /' 2> /dev/null
exec < log; read -r line; echo "$line"
exec 4>> log; echo appended >&4; exec 4>&-; tail -n 1 log
(exec cat log); echo "after $?"
(exec none_such 2> /dev/null; echo no) 2> /dev/null; echo "exec of nothing $?"
