using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace UniBench.Kvm;

/// <summary>An anonymous file in memory (memfd) whose parts several mappings share.</summary>
public sealed unsafe class SharedFile : IDisposable
{
    private int descriptor;

    private SharedFile(int descriptor) => this.descriptor = descriptor;

    internal int Descriptor => descriptor;

    public static SharedFile Create(long bytes)
    {
        fixed (byte* name = "unibench-rings\0"u8)
        {
            int fd = memfd_create(name, 1); // MFD_CLOEXEC
            if (fd < 0)
            {
                throw new KvmException("memfd_create", Errno.Last);
            }

            SharedFile file = new(fd);
            if (ftruncate(fd, (off_t)bytes) < 0)
            {
                int errno = Errno.Last;
                file.Dispose();
                throw new KvmException($"ftruncate of {bytes} bytes", errno);
            }

            return file;
        }
    }

    /// <summary>Frees the memory of part of the file; it reads as zero afterwards.</summary>
    public void Discard(long offset, long bytes)
    {
        const int PunchHole = 2 | 1; // FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE
        if (fallocate(descriptor, PunchHole, (off_t)offset, (off_t)bytes) < 0)
        {
            throw new KvmException("fallocate FALLOC_FL_PUNCH_HOLE", Errno.Last);
        }
    }

    public void Dispose()
    {
        int fd = Interlocked.Exchange(ref descriptor, -1);
        if (fd >= 0)
        {
            _ = close(fd);
        }
    }
}
