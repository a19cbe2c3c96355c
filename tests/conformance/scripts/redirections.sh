# shell: busybox
# redirections: append, duplicate, close, read and write, for groups, by exec.
echo one > f; echo two >> f; cat < f
{ echo out; echo err >&2; } > o 2>&1; cat o
{ echo out; echo err >&2; } 2>e >/dev/null; cat e
exec 3> g; echo three >&3; echo four >&3; exec 3>&-; cat g
exec 4< f; read x <&4; read y <&4; echo "$y $x"; exec 4<&-
exec 5<> h; echo rw >&5; exec 5>&-; cat h
set -C; echo no > f 2>/dev/null || echo clobber refused; echo yes >| f; cat f
(echo x >&9) 2>/dev/null || echo closed
ls none 2>/dev/null; echo $?
cat < none 2>/dev/null || echo missing
