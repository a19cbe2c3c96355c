namespace UniBench.Measure;

/// <summary>Backends whose processor is a program: what they measured says nothing of this machine.</summary>
internal static class EmulationFindings
{
    public const string Code = "emulated";

    public static IEnumerable<Finding> Of(IReadOnlyList<CaseMetric> cases, RunEnvironment environment)
    {
        foreach (string backend in cases.Select(c => c.Backend).Distinct().Where(b => environment.TraitsOf(b).IsEmulated))
        {
            string what = environment.TraitsOf(backend).Words.GetValueOrDefault("en")?.Isolation is { Length: > 0 } isolation ? $" ({isolation})" : string.Empty;
            yield return new Finding(
                Severity.Warning,
                Code,
                $"{backend} runs on an emulated processor{what}: its times are the emulator's, and compared with nothing",
                "take from it what programs do; how fast they are in VMs is measured where the processor runs them");
        }
    }
}
