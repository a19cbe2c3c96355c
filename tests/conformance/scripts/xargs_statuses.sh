# shell: busybox
# xargs: statuses of failing commands, NUL separation, empty input, placeholders and limits.
echo 1 2 3 | xargs -n 1 sh -c 'exit $0' ; echo "failing $?"
echo x | xargs sh -c 'exit 255' 2> /dev/null; echo "255: $?"
echo x | xargs none_such 2> /dev/null; echo "missing $?"
printf 'a b\0c\nd\0' | xargs -0 -n 1 printf '<%s>'; echo
: | xargs echo none; : | xargs -r echo none
printf '1\n2\n3\n' | xargs -I{} echo 'item {} of {}'
printf '"q u" v\\ w\n' | xargs -n 1 echo
seq 1 5000 | xargs -n 100 echo | wc -l
seq 1 40 | xargs -n 1 -P 8 sh -c 'echo $0 > out$0'; cat out* | sort -n | tail -n 1; ls out* | wc -l
