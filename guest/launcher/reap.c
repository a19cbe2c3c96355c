/*
 * reap: waits until unibench is gone, which closes the pipe on descriptor 0, and kills what it left running.
 * What that is stands in memory that unibench shares on descriptor 3, so that telling costs no system call
 * and wakes nobody.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define SLOTS 256
#define LOOKS 10000 /* a millisecond apart, at processes that are being killed */

enum { FREE, PROCESS_GROUP, PROCESS, CONTROL_GROUP };

/* The same in WorkloadReaper.cs. */
struct slot {
    int32_t kind, number;
    char path[248]; /* of a control group */
};

static int put(const char *directory, const char *file, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t written = write(fd, text, strlen(text));
    close(fd);
    return written < 0 ? -1 : 0;
}

/* Kills the processes of a group and of those below; returns how many there were. */
static int kill_group(const char *directory, int depth)
{
    char path[512];
    int found = 0;
    snprintf(path, sizeof path, "%s/cgroup.procs", directory);
    FILE *list = fopen(path, "re");
    for (int pid; list && fscanf(list, "%d", &pid) == 1;)
        if (pid > 1 && pid != getpid()) {
            found++;
            kill(pid, SIGKILL);
        }
    if (list)
        fclose(list);
    DIR *below = depth > 0 ? opendir(directory) : NULL;
    for (struct dirent *entry; below && (entry = readdir(below));)
        if (entry->d_type == DT_DIR && entry->d_name[0] != '.') {
            if (snprintf(path, sizeof path, "%s/%s", directory, entry->d_name) < (int)sizeof path)
                found += kill_group(path, depth - 1);
        }
    if (below)
        closedir(below);
    return found;
}

static void end_group(const char *directory)
{
    const struct timespec look = {.tv_nsec = 1000000};
    if (put(directory, "cgroup.kill", "1"))
        put(directory, "pids.max", "0"); /* what is killed one by one must not fork meanwhile */
    for (int i = 0; i < LOOKS && kill_group(directory, 8) > 0; i++)
        nanosleep(&look, NULL);
}

int main(void)
{
    for (int signal = 1; signal < 32; signal++)
        if (signal != SIGSEGV && signal != SIGBUS)
            sigaction(signal, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
    const struct slot *slots = mmap(NULL, SLOTS * sizeof *slots, PROT_READ, MAP_SHARED, 3, 0);
    if (slots == MAP_FAILED)
        return 1;
    char byte;
    ssize_t got;
    while ((got = read(0, &byte, 1)) > 0 || (got < 0 && errno == EINTR))
        ;
    for (int i = 0; i < SLOTS; i++) {
        if (slots[i].kind == PROCESS_GROUP && slots[i].number > 1)
            kill(-slots[i].number, SIGKILL);
        else if (slots[i].kind == PROCESS && slots[i].number > 1)
            kill(slots[i].number, SIGKILL);
    }
    for (int i = 0; i < SLOTS; i++)
        if (slots[i].kind == CONTROL_GROUP)
            end_group(slots[i].path);
    return 0;
}
