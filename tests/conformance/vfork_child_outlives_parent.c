/* a vfork child whose parent is killed keeps the memory that it had with it, whatever processes come after. */
#include "observe.h"

#define BYTES 200000

static unsigned char memory[BYTES];

static void fill(int seed)
{
    for (int i = 0; i < BYTES; i++)
        memory[i] = (unsigned char)(i * 7 + seed);
}

static int differences(int seed)
{
    int count = 0;
    for (int i = 0; i < BYTES; i++)
        count += memory[i] != (unsigned char)(i * 7 + seed);
    return count;
}

static void others(int seed)
{
    pid_t forked = fork();
    if (forked == 0) {
        fill(seed);
        _exit(differences(seed));
    }
    say_status("forked", reap(forked));
    pid_t shared = vfork();
    if (shared == 0)
        _exit(memory[1]);
    say_status("shared", reap(shared));
}

int main(void)
{
    int go[2], result[2];
    MUST(pipe(go));
    MUST(pipe(result));
    pid_t parent = fork();
    if (parent == 0) {
        pid_t self = getpid();
        close(go[1]);
        fill(1);
        if (vfork() == 0) {
            char word;
            memory[0]++;
            kill(self, SIGKILL);
            ssize_t got = read(go[0], &word, 1);
            memory[0]--;
            int found[2] = {(int)got, differences(1)};
            _exit(write(result[1], found, sizeof found) == sizeof found ? 0 : 1);
        }
        _exit(9);
    }
    close(go[0]);
    close(result[1]);
    say_status("parent", reap(parent));
    for (int i = 0; i < 6; i++)
        others(i + 2);
    int found[2] = {-1, -1};
    MUST(write(go[1], "x", 1));
    ssize_t got = read(result[0], found, sizeof found);
    say("read %d, %d different, %d\n", found[0], found[1], (int)got);
    got = read(result[0], found, sizeof found);
    say("then %d\n", (int)got);
    return 0;
}
