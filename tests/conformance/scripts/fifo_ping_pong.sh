# shell: busybox
# two loops answer each other over two FIFOs, a hundred times.
mkfifo there back
{
    exec 3< there 4> back
    while read -r n <&3; do echo $((n + 1)) >&4; done
} &
exec 5> there 6< back
n=0
while [ $n -lt 100 ]; do
    echo $n >&5
    read -r n <&6
done
exec 5>&-
wait
echo "counted to $n"
