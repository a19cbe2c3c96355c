namespace UniBench.Monitor.Processes;

/// <summary>Who may look into whom.</summary>
internal sealed partial record Credentials
{
    /// <summary>Whether it may look into a process, as ptrace(2) says of PTRACE_MODE_READ_FSCREDS.</summary>
    public bool MayInspect(Credentials target) => MayTrace(Users.File, Groups.File, target);

    /// <summary>The same of PTRACE_MODE_ATTACH_REALCREDS.</summary>
    public bool MayAttach(Credentials target) => MayTrace(Users.Real, Groups.Real, target);

    private bool MayTrace(uint user, uint group, Credentials target)
    {
        bool isSame = user == target.Users.Real && user == target.Users.Effective && user == target.Users.Saved
            && group == target.Groups.Real && group == target.Groups.Effective && group == target.Groups.Saved;
        return Has(Capability.SysPtrace) || (isSame && target.Dumpable == 1 && (target.Permitted & ~Permitted) == 0);
    }
}
