namespace UniBench.Fuzz;

/// <summary>What inputs are tried on.</summary>
internal interface ISubject : IDisposable
{
    /// <summary>Makes inputs from a seed, the same from the same, and tries them.</summary>
    Tried Try(ulong seed);
}
