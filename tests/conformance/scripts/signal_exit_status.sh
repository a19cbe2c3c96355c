# shell: busybox
# a child killed by a signal has the status 128 + its number; a caught signal's handler chooses its own.
for s in HUP INT QUIT KILL USR1 USR2 PIPE ALRM TERM; do
    sh -c "kill -$s \$\$" 2> /dev/null
    echo "$s $?"
done
sh -c 'trap "exit 9" TERM; kill -TERM $$; echo no'; echo $?
sh -c 'trap "" TERM; kill -TERM $$; exit 8'; echo $?
sh -c 'trap "echo bye; trap - TERM; kill -TERM \$\$" TERM; kill -TERM $$; echo no' 2> /dev/null; echo $?
kill -l 15; kill -l 9
