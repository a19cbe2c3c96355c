# shell: busybox
# quotes, escapes and eval: what is expanded, how often, and in which order.
a='$b'; b=deep; echo "$a" '$a' \$a
eval echo "$a"
eval "c=\$$(echo b)"; echo $c
echo "a\"b\\c\$d\`e"
echo 'it'\''s' "two  blanks" one\ word
x="$(echo "nested $(echo "quotes \"in\" quotes")")"; echo "$x"
eval 'for i in 1 2; do echo "loop $i"; done'
cmd='echo'; $cmd indirect
name=var; eval $name=value; echo $var
printf '%s\n' "$(printf 'a\n\nb\n\n\n')"
echo ${b:+"quoted  $b"} ${none:-"de  fault"}
