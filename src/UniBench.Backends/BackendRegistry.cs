using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>All backends, in the order in which reports show them: the one place that lists them.</summary>
public static class BackendRegistry
{
    private static readonly (BackendTraits Traits, bool Usual, Func<IBackend> Make)[] All =
    [
        (EnginePlatform.Kvm.Traits, true, () => new EngineBackend(EnginePlatform.Kvm)),
        (EnginePlatform.Sandbox.Traits, true, () => new EngineBackend(EnginePlatform.Sandbox)),
        (ProcessBackend.Kind, true, () => new ProcessBackend()),
        (ContainerBackend.Kind, true, () => new ContainerBackend()),
        (VmAccelerator.Hardware.Traits, false, () => new VmBackend(VmAccelerator.Hardware)),
        (VmAccelerator.Emulation.Traits, false, () => new VmBackend(VmAccelerator.Emulation)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(b => b.Traits.Name)];

    /// <summary>Those that are measured where nobody names any: not those that boot a kernel for each launch.</summary>
    public static IReadOnlyList<string> Usual { get; } = [.. All.Where(b => b.Usual).Select(b => b.Traits.Name)];

    /// <summary>Those on our own engine.</summary>
    public static IReadOnlyList<string> Engines { get; } = [.. All.Where(b => b.Traits.IsEngine).Select(b => b.Traits.Name)];

    /// <summary>The one that every other is compared with.</summary>
    public static string Reference { get; } = All.Single(b => b.Traits.IsReference).Traits.Name;

    /// <summary>For a sentence: "unikernel, sandbox, process, container, vm or vm-tcg".</summary>
    public static string Choice => $"{string.Join(", ", Names.SkipLast(1))} or {Names[^1]}";

    /// <exception cref="LaunchException">There is no such backend; the message lists those there are.</exception>
    public static BackendTraits TraitsOf(string name) => Find(name).Traits;

    /// <exception cref="LaunchException">There is no such backend; the message lists those there are.</exception>
    public static IBackend Create(string name) => Find(name).Make();

    private static (BackendTraits Traits, bool Usual, Func<IBackend> Make) Find(string name) => All.FirstOrDefault(b => b.Traits.Name == name) is { Make: not null } found
        ? found
        : throw new LaunchException($"no backend is called '{name}': {string.Join(", ", Names)}");
}
