namespace UniBench.Monitor.Files;

/// <summary>What a request may be asked of.</summary>
internal enum RequestReach
{
    /// <summary>Whatever has a descriptor.</summary>
    Descriptors,

    /// <summary>Terminals, the user's too.</summary>
    Terminals,

    /// <summary>Pairs that the family has opened itself.</summary>
    PseudoTerminals,
}
