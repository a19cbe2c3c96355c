/* two processes that append to one file lose nothing. */
#include "observe.h"

int main(void)
{
    int fd = open("f", O_WRONLY | O_CREAT | O_APPEND, 0644);
    pid_t children[2];
    for (int c = 0; c < 2; c++)
        if ((children[c] = fork_child()) == 0) {
            int own = open("f", O_WRONLY | O_APPEND);
            for (int i = 0; i < 100; i++)
                MUST(write(own, c ? "bb\n" : "aa\n", 3));
            _exit(0);
        }
    reap(children[0]);
    reap(children[1]);
    struct stat status;
    MUST(fstat(fd, &status));
    say("size %ld\n", (long)status.st_size);
    FILE *file = fopen("f", "r");
    char line[16];
    int counts[2] = {0, 0}, bad = 0;
    while (fgets(line, sizeof line, file))
        if (!strcmp(line, "aa\n"))
            counts[0]++;
        else if (!strcmp(line, "bb\n"))
            counts[1]++;
        else
            bad++;
    say("%d %d %d\n", counts[0], counts[1], bad);
    return 0;
}
