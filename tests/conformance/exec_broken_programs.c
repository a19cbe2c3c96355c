/* files that are no programs, cut off or for another machine are ENOEXEC, and the caller lives. */
#include "observe_files.h"

#include <elf.h>

static void try(const char *what, const void *bytes, size_t size)
{
    int fd = open("program", O_WRONLY | O_CREAT | O_TRUNC, 0755);
    MUST(fd);
    MUST(write(fd, bytes, size));
    close_fd(fd);
    say_result(what, execl("program", "program", NULL));
}

int main(void)
{
    Elf64_Ehdr header, changed;
    int self = open("/proc/self/exe", O_RDONLY);
    MUST(self);
    MUST(read(self, &header, sizeof header));
    try("empty", "", 0);
    try("text", "hello\n", 6);
    try("magic only", "\177ELF", 4);
    try("zeros", (char[256]){0}, 256);
    changed = header;
    changed.e_machine = EM_AARCH64;
    try("another machine", &changed, sizeof changed);
    changed = header;
    changed.e_type = ET_REL;
    try("an object file", &changed, sizeof changed);
    changed = header;
    changed.e_phnum = 0;
    try("no segments", &changed, sizeof changed);
    changed = header;
    changed.e_phentsize = 10;
    try("bad segment size", &changed, sizeof changed);
    say("still here\n");
    return 0;
}
