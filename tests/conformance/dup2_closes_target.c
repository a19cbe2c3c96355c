/* dup2 closes what its target was: the last write end goes, the reader sees EOF. */
#include "observe.h"

int main(void)
{
    int first[2], second[2];
    make_pipe(first);
    make_pipe(second);
    say("returns its target: %d\n", dup2(second[1], first[1]) == first[1]);
    say("first pipe: %d\n", take_byte(first[0]));
    send_byte(first[1], 'x');
    say("second pipe: %c\n", take_byte(second[0]));
    return 0;
}
