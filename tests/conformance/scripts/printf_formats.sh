# shell: busybox
# printf: numbers, widths, escapes, %b and formats used again for more arguments.
printf '%d %i %o %x %X %u\n' 42 -7 8 255 255 7
printf '[%5d|%-5d|%05d|%+d]\n' 42 42 42 42
printf '[%10s|%-10s|%.2s]\n' abc abc abc
printf '%s-%s\n' a b c d e
printf '%b|%s\n' 'tab\there' 'tab\there'
printf '\101\x42\n'
printf '%c%c\n' hello world
printf '%5.2f %e\n' 3.14159 12345.678
printf '%d\n' "'A"
printf '%%\n'
printf '%*d\n' 6 42
