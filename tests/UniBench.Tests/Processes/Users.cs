using UniBench.Host;
using UniBench.Monitor.Processes;

namespace UniBench.Tests.Processes;

/// <summary>Users for tests: root has all capabilities, others have none.</summary>
internal static class Users
{
    public static Credentials Of(uint user, uint? group = null) => new()
    {
        Users = IdSet.Of(user),
        Groups = IdSet.Of(group ?? user),
        Permitted = user == 0 ? Capability.All : 0,
        Effective = user == 0 ? Capability.All : 0,
    };
}
