using System.Security.Cryptography;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;

namespace UniBench.Monitor.Calls;

/// <summary>Private memory and extents: more of them, and less.</summary>
internal sealed class MemoryCalls(GuestProcess process) : CallModule(process)
{
    private string Program => Path.GetFileName(Process.ProgramPath);

    public long Grow(ulong bytes)
    {
        if (bytes > (ulong)Family.Spec.MemoryBytes)
        {
            Family.LimitHit($"memory: a process of {Program} wanted more than {Family.Spec.MemoryBytes >> 20} MB (--memory)");
            return -Errno.ENOMEM;
        }

        Vm.EnsureRam((long)bytes);
        Vm.Control.RamLimit = Math.Min((ulong)Vm.RamSize, Vm.Control.RamMax);
        Family.Account(Process, Process.ChargedBytes());
        return 0;
    }

    /// <summary>What is held may be several times what the process uses, which the library OS limits: copied pages leave gaps, and children share the rest.</summary>
    public long OpenExtent()
    {
        int index = Vm.Extents.HeldBytes / 4 > Family.Spec.MemoryBytes ? -1 : Vm.Extents.Open();
        if (index < 0)
        {
            Family.LimitHit($"memory: a process of {Program} holds {Vm.Extents.HeldBytes >> 20} MB and got no more");
            return -Errno.ENOMEM;
        }

        Family.Account(Process, Process.ChargedBytes());
        return index;
    }

    public long CloseExtent(ulong index) => Vm.Extents.Close(index) ? 0 : -Errno.EINVAL;

    public long FillRandom(ulong bytes)
    {
        if (bytes > GuestLayout.BounceSize)
        {
            return -Errno.EINVAL;
        }

        RandomNumberGenerator.Fill(Vm.Bounce.Span[..(int)bytes]);
        return 0;
    }
}
