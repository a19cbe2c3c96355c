namespace UniBench.Monitor.Files;

/// <summary>F_RDLCK, F_WRLCK, F_UNLCK of F_SETLEASE.</summary>
internal enum LeaseKind
{
    Read = 0,
    Write = 1,
    None = 2,
}
