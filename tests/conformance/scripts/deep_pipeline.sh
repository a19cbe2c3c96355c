# shell: busybox
# a megabyte through twenty processes arrives as it was.
seq 1 150000 | md5sum
seq 1 150000 | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | cat | md5sum
seq 1 20000 | tr 0-9 a-j | rev | rev | tr a-j 0-9 | tac | tac | sed -n '$p'
