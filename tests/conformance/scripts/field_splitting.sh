# shell: busybox
# IFS: blanks fold, other separators do not; quotes keep; "$@" and "$*" differ.
count() { echo $#; }
v='  a  b c '; count $v; count "$v"
IFS=:; v=a::b:; count $v; set -- $v; echo "[$1][$2][$3]"
IFS=', '; v='x , y,,z'; for w in $v; do printf '<%s>' "$w"; done; echo
unset IFS
set -- 'a b' '' c; count "$@"; count $@; count "$*"
IFS=-; echo "$*"; unset IFS
for w; do printf '(%s)' "$w"; done; echo
set -- "$@" d; shift 2; echo $# "$1" "$2"
IFS='
'; set -- $(printf 'one line\nother line\n'); echo $# "$2"
