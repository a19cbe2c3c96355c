namespace UniBench.Reports.Model;

/// <summary>What a difference between runs makes incomparable.</summary>
internal enum DifferenceKind
{
    /// <summary>Nothing: every run has its own.</summary>
    None,

    /// <summary>Times and rates.</summary>
    Machine,

    /// <summary>Backends on the host's kernel.</summary>
    Kernel,

    /// <summary>Backends on our own engine.</summary>
    Tool,

    /// <summary>The cases of that program.</summary>
    Program,

    /// <summary>What a case of one name does.</summary>
    Scenario,

    /// <summary>The width of intervals.</summary>
    Rounds,
}
