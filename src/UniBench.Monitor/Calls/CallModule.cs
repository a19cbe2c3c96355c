using UniBench.Host;
using UniBench.Monitor.Families;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Calls;

/// <summary>One area of the calls that a process makes of the monitor: what they do, and the state of their own that they need.</summary>
/// <remarks>A module runs on its process's own thread, but for what its members say otherwise.</remarks>
internal abstract class CallModule(GuestProcess process)
{
    protected GuestProcess Process => process;

    protected Family Family => process.Family;

    protected Machine Vm => process.Vm;

    protected ProcessEntry Entry => process.Entry;

    protected int Pid => process.Pid;

    protected Credentials Credentials => process.Entry.Credentials;

    /// <summary>The summary names what the family got no more of.</summary>
    protected long NamedLimit(long result)
    {
        if (result is -Errno.ENOMEM or -Errno.ENOSPC)
        {
            Family.LimitHit(Family.Budget.BytesSentence);
        }

        return result;
    }
}
