# shell: busybox
# parameter expansion, arithmetic, globbing, case and field splitting.
x=path/to/file.tar.gz
echo ${x##*/} ${x%%.*} ${x%.*} ${x#*/} ${#x}
echo ${none:-default} ${none:=set} $none ${x:+alt}
echo $((7 / 2)) $((7 % 2)) $((2 * (3 + 4))) $((0x10 | 1)) $((1 << 10))
touch a1 a2 b1; echo a* [ab]1 none*
case $x in *.zip) echo zip;; *.gz) echo gz;; *) echo other;; esac
IFS=:; set -- $(echo a:b:c); echo $# $2; unset IFS
set -- "a b" c; for i in "$@"; do echo "[$i]"; done; echo "$*"
eval 'v=$x'; echo "$v"
printf '%05d|%-5s|%x\n' 42 ab 255
