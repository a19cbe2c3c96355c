namespace UniBench.Monitor.Abi;

/// <summary>enum ub_member_operation: what is to happen to a member of an epoll set.</summary>
internal enum MemberOperation : uint
{
    Add = 1,
    Remove,
    Change,
    Move,
    Forget,
}
