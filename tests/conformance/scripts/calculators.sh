# shell: busybox
# bc, dc, expr and factor as filters.
echo '2 ^ 200; 10 / 4; scale = 5; 10 / 4' | bc
printf 'define f(n) {\nif (n < 2) return 1\nreturn n * f(n - 1)\n}\nf(30)\n' | bc
echo '5 3 + 2 * p' | dc
expr 3 + 4 \* 2; expr abcdef : 'abc\(.*\)'; expr 1 = 2; echo $?; expr length hello
factor 360 | cat; seq 10 -3 0 | tr '\n' ' '; echo; seq -w 8 10
