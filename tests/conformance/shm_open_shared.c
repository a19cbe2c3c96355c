/* shm_open gives memory that processes share by name, empty at first; unlinked it stays mapped. */
#include "observe.h"

int main(void)
{
    char name[64];
    struct stat status;
    snprintf(name, sizeof name, "/unibench-conformance-%d", getpid());
    shm_unlink(name);
    int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    MUST(fd);
    MUST(fstat(fd, &status));
    say("size %ld, cloexec %d\n", (long)status.st_size, fcntl(fd, F_GETFD));
    MUST(ftruncate(fd, 4096));
    char *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    MUST(memory == MAP_FAILED ? -1 : 0);
    pid_t child = fork_child();
    if (child == 0) {
        int again = shm_open(name, O_RDWR, 0);
        MUST(again);
        char *mine = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, again, 0);
        MUST(mine == MAP_FAILED ? -1 : 0);
        memcpy(mine, "from the child", 15);
        _exit(0);
    }
    say_status("child", reap(child));
    say("%s\n", memory);
    say_result("unlink", shm_unlink(name));
    say_result("open", shm_open(name, O_RDWR, 0));
    memory[0] = 'F';
    say("%s\n", memory);
    return 0;
}
