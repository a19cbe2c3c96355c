namespace UniBench.Monitor.Files;

/// <summary>What a name leads to, as far as resolving a path needs to know.</summary>
internal enum EntryKind
{
    Missing,
    Forbidden,
    Directory,
    Link,
    Other,
}
