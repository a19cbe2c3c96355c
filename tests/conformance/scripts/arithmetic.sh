# shell: busybox
# $(( )): operators, precedence, assignment, bases and 64 bits.
echo $((1 + 2 * 3)) $(((1 + 2) * 3)) $((7 / 2)) $((-7 / 2)) $((-7 % 3))
echo $((1 << 40)) $((0xff & 0x0f)) $((6 ^ 3)) $((~0)) $((5 > 3)) $((!5)) $((1 ? 10 : 20))
x=5; echo $((x += 3)) $x $((x++)) $x $((--x)) $((x * x))
echo $((017)) $((0x1F)) $((9223372036854775807)) $((9223372036854775807 + 1))
echo $((1 && 0 || 1)) $((2, 3))
y=x; echo $((y + 1))
(echo $((1 / 0))) 2> /dev/null; echo "division $?"
i=0; s=0; while [ $((i += 1)) -le 100 ]; do s=$((s + i)); done; echo $s
