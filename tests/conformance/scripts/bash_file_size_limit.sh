# shell: bash
# ulimit -f kills a writer with SIGXFSZ at the limit; the file keeps what fits.
(ulimit -f 4; exec dd if=/dev/zero of=f bs=1024 count=100) 2> /dev/null; echo $?
stat -c %s f
(ulimit -c 0; ulimit -c; ulimit -n 20; sh -c 'ulimit -n')
(ulimit -n 12; exec 11> a && echo eleven; exec 12> b) 2> /dev/null || echo "no descriptor 12"
