# shell: busybox
# shells started by shells ten deep pass arguments, environment, input and status through.
cat > down <<'END'
n=$1
[ $n = 0 ] && { read -r line; echo "bottom: $line, $LEVEL"; exit 10; }
LEVEL="$LEVEL$n" sh ./down $((n - 1))
s=$?
exit $((s + 1))
END
echo words | LEVEL=L sh ./down 10; echo $?
x=$(echo $(echo $(echo $(sh -c 'echo $(echo five)'; exit 3)))); echo $x
sh -c 'sh -c "sh -c \"exit 6\"; exit \$?"; exit $?'; echo $?
(((( echo parentheses )))) 2> /dev/null || ( ( ( ( echo parentheses ) ) ) )
