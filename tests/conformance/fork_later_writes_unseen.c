/* after fork neither side sees what the other writes later, in any page of a large heap, at whatever offset within the pages. */
#include "observe.h"

#define PAGES 4096

static volatile unsigned char *heap;

static void write_all(unsigned char value, int offset)
{
    for (int i = 0; i < PAGES; i++)
        heap[i * 4096 + offset] = value;
}

static int differing(unsigned char value, int offset)
{
    int count = 0;
    for (int i = 0; i < PAGES; i++)
        count += heap[i * 4096 + offset] != value;
    return count;
}

int main(void)
{
    /* Page-table entries are 8 bytes: accesses of a page at the offset of one of them, within one, and
     * elsewhere. */
    static const int offsets[] = {0, 4, 7, 8, 1234, 2048 + 7, 4088, 4095};
    char byte;
    heap = mmap(NULL, PAGES * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (unsigned i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
        int offset = offsets[i], go[2], done[2];
        make_pipe(go);
        make_pipe(done);
        write_all(1, offset);
        pid_t child = fork_child();
        if (child == 0) {
            MUST(read(go[0], &byte, 1));
            int seen = differing(1, offset);
            write_all(3, offset);
            MUST(write(done[1], "w", 1));
            MUST(read(go[0], &byte, 1));
            seen += differing(3, offset);
            _exit(seen != 0);
        }
        write_all(2, offset);
        MUST(write(go[1], "w", 1));
        MUST(read(done[0], &byte, 1));
        say("offset %d: parent sees %d pages of its child\n", offset, differing(2, offset));
        MUST(write(go[1], "c", 1));
        say("offset %d: child's status %d\n", offset, reap(child));
        for (int end = 0; end < 2; end++) {
            close_fd(go[end]);
            close_fd(done[end]);
        }
    }
    return 0;
}
