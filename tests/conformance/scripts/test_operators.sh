# shell: busybox
# test: kinds, sizes, permissions, ages and identity of files, strings and numbers.
touch -d '2001-01-01 00:00:00' old; touch -d '2002-01-01 00:00:00' new
echo text > file; mkdir dir; ln -s file link; ln -s none dangling; ln file hard; mkfifo pipe; : > empty
for o in -e -f -d -L -p -s -r -w -x; do
    for f in file dir link dangling pipe empty none; do
        case "$o $f" in "-x "* | "-w "*) continue ;; esac
        test $o $f && printf '%s %s; ' $o $f
    done
    echo
done
chmod 700 file; test -x file && echo executable; chmod 600 file; test -x file || echo not executable
[ new -nt old ] && echo newer; [ old -ot new ] && echo older
[ file -ef hard ] && echo same; [ file -ef link ] && echo through link
[ 10 -gt 9 ] && [ ! 010 -eq 8 ] && [ abc \< abd ] && [ -z "" -a -n x ] && echo compared
[ ] || echo empty is false
