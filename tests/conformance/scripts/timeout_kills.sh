# shell: busybox
# timeout lets a quick command end with its status and kills a slow one.
timeout 15 true; echo $?
timeout 15 sh -c 'exit 5'; echo $?
mkfifo never
timeout 1 sh -c 'read x < never' 2> /dev/null; echo $?
timeout -s KILL 1 sh -c 'trap "" TERM; read x < never' 2> /dev/null; echo $?
