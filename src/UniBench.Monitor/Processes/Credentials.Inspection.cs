namespace UniBench.Monitor.Processes;

/// <summary>Who may look into whom.</summary>
internal sealed partial record Credentials
{
    /// <summary>Whether it may look into a process, as ptrace(2) says of PTRACE_MODE_READ_FSCREDS.</summary>
    public bool MayInspect(Credentials target)
    {
        bool isSame = Users.File == target.Users.Real && Users.File == target.Users.Effective && Users.File == target.Users.Saved
            && Groups.File == target.Groups.Real && Groups.File == target.Groups.Effective && Groups.File == target.Groups.Saved;
        return Has(Capability.SysPtrace) || (isSame && target.Dumpable == 1 && (target.Permitted & ~Permitted) == 0);
    }
}
