# shell: busybox
# setsid gives a child a session of its own, and its descriptors and status stay.
setsid sh -c 'echo in a session; exit 3'; echo $?
echo piped | setsid cat
setsid sh -c 'test "$(cut -d" " -f6 /proc/$$/stat)" = $$ && echo leader'
sh -c 'test "$(cut -d" " -f6 /proc/$$/stat)" = $$ || echo no leader'
tty; echo $?
test -t 0 || echo no terminal
