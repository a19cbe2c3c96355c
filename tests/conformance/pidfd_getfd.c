/* pidfd_getfd gives the very file or pipe that another process has open; who may not trace it is refused. */
#include "observe_files.h"
#include <sys/prctl.h>
#include <sys/syscall.h>

static int get(int pidfd, int target, unsigned flags)
{
    return (int)syscall(SYS_pidfd_getfd, pidfd, target, flags);
}

static int expect(int fd)
{
    char byte;
    return (int)read(fd, &byte, 1);
}

int main(void)
{
    int go[2], done[2], data[2];
    MUST(pipe(go));
    MUST(pipe(done));
    put("file", "abcdef");
    pid_t child = fork();
    if (child == 0) {
        int file = open("file", O_RDWR), path = open("file", O_PATH);
        MUST(pipe(data));
        int numbers[] = {file, path, data[0], data[1]};
        MUST(lseek(file, 2, SEEK_SET));
        MUST(write(done[1], numbers, sizeof numbers));
        expect(go[0]);
        say("the child's offset %d\n", (int)lseek(file, 0, SEEK_CUR));
        close_fd(data[1]);
        char text[16];
        ssize_t n = read(data[0], text, sizeof text);
        say("the child read %.*s\n", (int)n, text);
        MUST(write(done[1], "x", 1));
        n = read(data[0], text, sizeof text);
        say("then %zd\n", n);
        MUST(write(done[1], "x", 1));
        expect(go[0]);
        MUST(prctl(PR_SET_DUMPABLE, 0));
        MUST(write(done[1], "x", 1));
        expect(go[0]);
        _exit(0);
    }
    int numbers[4], pidfd = (int)syscall(SYS_pidfd_open, child, 0),
                    self = (int)syscall(SYS_pidfd_open, getpid(), 0);
    MUST(pidfd);
    MUST(read(done[0], numbers, sizeof numbers));
    say_result("flags", get(pidfd, numbers[0], 1));
    say_result("no descriptor", get(-1, numbers[0], 0));
    say_result("no pidfd", get(go[0], numbers[0], 0));
    int directory = open("/proc/self", O_RDONLY | O_DIRECTORY);
    MUST(directory);
    say_result("a directory in /proc", get(directory, 0, 0));
    say_result("not open", get(pidfd, 900, 0));
    say_result("negative", get(pidfd, -1, 0));

    int file = get(pidfd, numbers[0], 0), path = get(pidfd, numbers[1], 0),
        writer = get(pidfd, numbers[3], 0);
    MUST(file);
    MUST(path);
    MUST(writer);
    char text[3] = "";
    say("FD_CLOEXEC %d, flags %#x\n", fcntl(file, F_GETFD), fcntl(file, F_GETFL) & O_ACCMODE);
    MUST(read(file, text, 2));
    say("read on: %s\n", text);
    say_result("a path", read(path, text, 1));
    say("a writer %#x\n", fcntl(writer, F_GETFL));
    MUST(write(writer, "hello", 5));
    MUST(write(go[1], "x", 1));
    expect(done[0]);
    say("the pipe has a writer\n");
    close_fd(writer);
    expect(done[0]);

    int own = get(self, file, 0);
    MUST(own);
    MUST(lseek(file, 5, SEEK_SET));
    say("its own: %d\n", (int)lseek(own, 0, SEEK_CUR));
    close_fd(file);
    say("still: %d\n", (int)lseek(own, 0, SEEK_CUR));
    MUST(write(go[1], "x", 1));
    expect(done[0]);
    file = get(pidfd, numbers[0], 0);
    say("not dumpable: %s\n", file >= 0 ? "given" : errno == EPERM ? "EPERM" : "another error");
    pid_t other = fork();
    if (other == 0) {
        int parent = (int)syscall(SYS_pidfd_open, getppid(), 0);
        MUST(parent);
        if (getuid() == 0 && (setgid(65534) || setuid(65534)))
            _exit(1);
        int taken = get(parent, go[0], 0);
        say("of the parent: %s\n", taken >= 0 ? "given" : errno == EPERM ? "EPERM" : "another error");
        _exit(0);
    }
    MUST(waitpid(other, NULL, 0));
    MUST(write(go[1], "x", 1));
    siginfo_t ended;
    MUST(waitid(P_PID, (id_t)child, &ended, WEXITED | WNOWAIT));
    say_result("a zombie", get(pidfd, numbers[0], 0));
    MUST(waitpid(child, NULL, 0));
    say_result("nobody", get(pidfd, numbers[0], 0));
    return 0;
}
