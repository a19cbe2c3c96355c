# shell: busybox
# patterns: in file names, with directories and dots, switched off, and in case.
mkdir d1 d2; touch a.c b.c ab.h .hidden d1/x d1/y d2/x 'with space'
echo *; echo *.c; echo ?.c; echo [!a]*; echo */x; echo d[12]/*; echo .h*; echo no*match
for f in *; do printf '<%s>' "$f"; done; echo
echo "*.c" '*.c' \*.c
set -f; echo *.c; set +f
p='*.h'; echo $p "$p"
for w in abc a1 '*' x-y ''; do
    case $w in [a-c]*[a-c]) echo letters ;; a[[:digit:]]) echo digit ;; '*') echo star ;; ?*-?*) echo dash ;; '') echo empty ;; esac
done
ls -d d* | tr '\n' ' '; echo
