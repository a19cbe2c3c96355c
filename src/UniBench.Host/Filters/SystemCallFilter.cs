namespace UniBench.Host.Filters;

/// <summary>A seccomp filter: what a thread cannot call it cannot be tricked into calling.</summary>
/// <param name="program">From <see cref="FilterProgram"/>.</param>
public sealed unsafe class SystemCallFilter(FilterInstruction[] program)
{
    /// <summary>Its instructions.</summary>
    public IReadOnlyList<FilterInstruction> Program => program;

    /// <summary>Puts the calling thread behind it for good, and the threads that it starts; no others.</summary>
    /// <exception cref="HostException">The kernel refuses.</exception>
    public void Install()
    {
        const int NoNewPrivileges = 38, SetFilter = 1, SpeculationAllowed = 4;
        long result = HostCall.Invoke(LinuxCall.Prctl, NoNewPrivileges, 1);
        if (result == 0)
        {
            fixed (FilterInstruction* first = program)
            {
                // SAFETY: struct sock_fprog is a count and the address of that many instructions; the kernel copies them.
                long* filter = stackalloc long[2] { program.Length, (nint)first };
                result = HostCall.Invoke(LinuxCall.Seccomp, SetFilter, SpeculationAllowed, (nint)filter);
            }
        }

        if (result != 0)
        {
            throw new HostException("seccomp filter of a machine's thread", (int)-result, ": a kernel with CONFIG_SECCOMP_FILTER has it; --no-seccomp runs without");
        }
    }
}
