# shell: bash
# a trapped signal ends wait with a status above 128 while the job goes on.
mkfifo ready gate
trap 'trapped=yes' USR1
( exec 3<> gate; echo > ready; read -r x <&3; exit 9 ) & job=$!
read -r x < ready
( exec 4<> ready; while kill -USR1 $$; do read -r -t 0.2 x <&4 && break; done ) & sender=$!
wait $job; s=$?
trap '' USR1
((s > 128)) && echo "interrupted, trap ran: $trapped"
echo stop > ready; wait $sender
echo go > gate; wait $job; echo "job $?"
