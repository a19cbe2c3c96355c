using UniBench.Monitor.Processes;

namespace UniBench.Tests.Processes;

/// <summary>A process that counts how often it was woken.</summary>
internal sealed class FakeMember(int pid) : IFamilyMember
{
    public int Pid => pid;

    public int Wakes { get; private set; }

    public void WakeUp() => Wakes++;
}
