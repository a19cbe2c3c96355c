/* a memfd has a size by ftruncate, is shared through its mapping and read by descriptor. */
#include "observe.h"

int main(void)
{
    char text[8] = "";
    int fd = memfd_create("name", MFD_CLOEXEC);
    MUST(fd);
    MUST(ftruncate(fd, 5000));
    char *memory = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    MUST(memory == MAP_FAILED ? -1 : 0);
    pid_t child = fork_child();
    if (child == 0) {
        memcpy(memory + 4990, "tail", 4);
        _exit(0);
    }
    say_status("child", reap(child));
    say_result("pread", pread(fd, text, sizeof text - 1, 4990));
    say("%s\n", text);
    say_result("end", lseek(fd, 0, SEEK_END));
    say_result("bad flags", memfd_create("name", 0x1000));
    return 0;
}
