namespace UniBench.Workloads;

/// <summary>The backends of results that were written before results kept <see cref="BackendTraits"/>.</summary>
public static class EarlierBackends
{
    private static readonly BackendTraits[] All =
    [
        new()
        {
            Name = "unikernel", Order = 0, Look = new("#0072b2", "#56b4e9", "circle"), IsEngine = true, IsVm = true,
            Words = Words("as a unikernel", "ως unikernel"),
        },
        new() { Name = "process", Order = 20, Look = new("#1f2328", "#e6edf3", "square"), SeesHostFiles = true, IsReference = true, Words = Words("as a process", "ως διεργασία") },
        new() { Name = "container", Order = 30, Look = new("#d55e00", "#f28e2b", "triangle"), Words = Words("in a container", "σε container") },
    ];

    /// <summary>What the others were compared with.</summary>
    public static string Reference => All.Single(t => t.IsReference).Name;

    /// <returns>Null for any other name.</returns>
    public static BackendTraits? Of(string name) => All.FirstOrDefault(t => t.Name == name);

    private static Dictionary<string, BackendWords> Words(string english, string greek) => new() { ["en"] = new(english), ["el"] = new(greek) };
}
