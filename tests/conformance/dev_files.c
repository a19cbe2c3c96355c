/* /dev/null, /dev/zero and /dev/full are what they are, /dev/fd/N is a descriptor again. */
#include "observe.h"

int main(void)
{
    char text[8] = "xxxxxxx";
    int null = open("/dev/null", O_RDWR), zero = open("/dev/zero", O_RDONLY),
        full = open("/dev/full", O_WRONLY);
    say_result("null takes", write(null, "abc", 3));
    say_result("null gives", read(null, text, 8));
    say_result("zero", read(zero, text, 8));
    say("%d\n", text[0] | text[7]);
    say_result("full", write(full, "x", 1) < 0 && errno == ENOSPC);
    int ends[2];
    make_pipe(ends);
    char path[32];
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    int again = open(path, O_RDONLY);
    send_byte(ends[1], 'q');
    say("%c\n", take_byte(again));
    snprintf(path, sizeof path, "/dev/fd/%d", 77);
    say_result("none", open(path, O_RDONLY));
    int random = open("/dev/urandom", O_RDONLY);
    say_result("urandom", read(random, text, 8));
    return 0;
}
