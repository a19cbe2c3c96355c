/* a megabyte through a raw terminal both ways arrives whole, though either end is full again and again. */
#include "observe_terminal.h"

enum { BYTES = 1 << 19 };

static unsigned char byte_at(size_t at)
{
    return (unsigned char)(at * 7 + at / 251);
}

static void send_all(int fd)
{
    unsigned char block[3000];
    for (size_t done = 0; done < BYTES;) {
        size_t count = BYTES - done < sizeof block ? BYTES - done : sizeof block;
        for (size_t i = 0; i < count; i++)
            block[i] = byte_at(done + i);
        ssize_t written = write(fd, block, count);
        MUST(written);
        done += (size_t)written;
    }
}

static void take_all(const char *who, int fd)
{
    unsigned char block[5000];
    size_t wrong = 0;
    for (size_t done = 0; done < BYTES;) {
        ssize_t count = read(fd, block, sizeof block);
        MUST(count);
        for (ssize_t i = 0; i < count; i++)
            wrong += block[i] != byte_at(done + (size_t)i);
        done += (size_t)count;
    }
    say("%s: %zu wrong\n", who, wrong);
}

int main(void)
{
    int master, slave;
    open_pair(&master, &slave);
    make_raw(slave, 1, 0);
    pid_t child = fork_child();
    if (child == 0) {
        take_all("down", slave);
        send_all(slave);
        _exit(0);
    }
    send_all(master);
    take_all("up", master);
    say_status("child", reap(child));
    return 0;
}
