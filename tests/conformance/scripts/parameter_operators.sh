# shell: busybox
# ${ }: defaults, lengths, prefixes, suffixes, replacement and substrings.
p=/usr/local/lib/libx.so.1
echo ${p##*/} ${p#*/} ${p%/*} ${p%%.*} ${p%.*} ${#p}
echo ${p/lib/LIB} ${p//lib/LIB} ${p:5:5} ${p: -4}
unset u; e=; echo "[${u-a}][${e-a}][${u:-a}][${e:-a}][${u+b}][${e+b}][${e:+b}]"
echo ${u:=set} $u
(echo ${missing:?is missing}) 2> /dev/null; echo $?
set -- one two three; echo ${#} ${2} ${@:-none} $(($# - 1))
s=abc; while [ -n "$s" ]; do printf '%s ' "${s%"${s#?}"}"; s=${s#?}; done; echo
x='a*b'; echo "${x#a\*}" "${x%\**}"
