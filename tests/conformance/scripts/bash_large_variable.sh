# shell: bash
# a subshell and a pipeline's stage of a shell that keeps ten megabytes in a variable have all of it.
head -c 10000000 /dev/zero | tr '\0' a > ten
x=$(cat ten)
echo ${#x}
printf %s "$x" | wc -c
printf %s "$x" | cmp - ten && echo same
y=$(printf %s "$x" | tr a b)
echo ${#y} "${y:9999990}"
(x=${x/a/c}; echo ${#x} "${x:0:5}")
echo "${x:0:5}"
