/* What can be done with a descriptor, by its kind. */
#include "libos.h"

static long not_opened_for(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    return -EBADF;
}

static long never(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    return -EINVAL;
}

static bool is_no(struct ub_descriptor *d)
{
    return false;
}

static bool in_parts(struct ub_descriptor *d, u64 bytes, bool writing)
{
    return false;
}

static long no_terminal(struct ub_descriptor *d, u64 request, u64 argument)
{
    return -ENOTTY;
}

static long unknown(struct ub_descriptor *d)
{
    return -EINVAL;
}

#define PIPE                                                                                                \
    .hold = pipe_hold, .release = pipe_release, .flags = pipe_flags, .set_flags = pipe_change_flags,        \
    .control = pipe_control, .ioctl = pipe_ioctl, .stat = pipe_stat, .has_more = pipe_has_more,             \
    .in_one_piece = pipe_in_one_piece, .number = pipe_number, .poll = pipe_poll, .progress = pipe_progress, \
    .arm = pipe_arm
#define SET                                                                                           \
    .hold = event_hold, .release = event_release, .flags = event_flags, .set_flags = event_set_flags, \
    .control = event_control, .ioctl = no_terminal, .stat = event_stat, .has_more = is_no,            \
    .in_one_piece = in_parts, .number = unknown

static void nothing(struct ub_descriptor *d)
{
}

static long no_file(struct ub_descriptor *d, u64 command, u64 argument)
{
    return command == F_GETPIPE_SZ || command == F_SETPIPE_SZ ? -EBADF : -EINVAL;
}

const struct kind kinds[] = {
    [UB_FD_HOST] = {.read = host_read,
                    .write = host_write,
                    .hold = host_hold,
                    .release = host_release,
                    .flags = host_flags,
                    .set_flags = host_set_flags,
                    .control = host_control,
                    .ioctl = host_ioctl,
                    .stat = host_stat,
                    .has_more = host_has_more,
                    .in_one_piece = host_in_one_piece,
                    .number = host_number},
    [UB_FD_PIPE_READ] = {.read = pipe_read, .write = not_opened_for, PIPE},
    [UB_FD_PIPE_WRITE] = {.read = not_opened_for, .write = pipe_write, PIPE},
    [UB_FD_PIPE_BOTH] = {.read = pipe_read, .write = pipe_write, PIPE},
    [UB_FD_EPOLL] = {.read = never, .write = never, SET},
    [UB_FD_SOCKET] = {.read = socket_read,
                      .write = socket_write,
                      .hold = nothing, /* the handle is one for all descriptors that have it */
                      .release = socket_release,
                      .flags = socket_flags,
                      .set_flags = socket_set_flags,
                      .control = no_file,
                      .ioctl = socket_ioctl,
                      .stat = socket_stat,
                      .has_more = socket_has_more,
                      .in_one_piece = in_parts,
                      .number = socket_number,
                      .poll = socket_poll,
                      .progress = socket_progress,
                      .arm = socket_arm},
    [UB_FD_SIGNAL] = {.read = signalfd_read, .write = never, SET, .poll = signalfd_poll},
};
