using UniBench.Monitor;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>A machine that our engine can run on, and the one place that opens the engine there: all that tells the backends on our engine apart.</summary>
/// <param name="Traits">What the backend on it is.</param>
/// <param name="Advice">What to do where it cannot be opened.</param>
/// <param name="Open">Throws <see cref="EngineException"/> where it cannot; the message says why.</param>
public sealed record EnginePlatform(BackendTraits Traits, string Advice, Func<UnikernelHost> Open)
{
    /// <summary>Threads that serve guests are behind a seccomp filter; for engines that are opened from now on.</summary>
    public static bool FiltersThreads
    {
        get => UnikernelHost.FiltersThreads;
        set => UnikernelHost.FiltersThreads = value;
    }

    /// <summary>Every process a VM of its own.</summary>
    public static EnginePlatform Kvm { get; } = new(
        new BackendTraits
        {
            Name = "unikernel",
            Order = 0,
            Look = new("#0072b2", "#56b4e9", "circle"),
            IsEngine = true,
            IsVm = true,
            Words = new Dictionary<string, BackendWords>
            {
                ["en"] = new("as a unikernel", "every process a VM of its own on KVM", "a warm VM of the pool", "the vCPU threads' and the rest of the monitor's"),
                ["el"] = new("ως unikernel", "κάθε διεργασία μια δική της VM στο KVM", "μια έτοιμη VM από το απόθεμα", "των νημάτων vCPU και του υπόλοιπου monitor"),
            },
        },
        "the unikernel backend needs /dev/kvm on x86-64 Linux; `unibench doctor` shows what is missing",
        UnikernelHost.Open);

    /// <summary>Every process a host process behind a seccomp filter.</summary>
    public static EnginePlatform Sandbox { get; } = new(
        new BackendTraits
        {
            Name = "sandbox",
            Order = 10,
            Look = new("#009e73", "#2fc99a", "diamond"),
            IsEngine = true,
            Words = new Dictionary<string, BackendWords>
            {
                ["en"] = new("in a sandbox", FormattableString.Invariant($"process isolation with a seccomp filter of {UnikernelHost.SandboxCalls} calls; not a VM"), "a warm process of the pool", "the sandboxed processes' and the monitor's"),
                ["el"] = new("σε sandbox", FormattableString.Invariant($"απομόνωση διεργασιών με φίλτρο seccomp {UnikernelHost.SandboxCalls} κλήσεων· όχι VM"), "μια έτοιμη διεργασία από το απόθεμα", "των διεργασιών του sandbox και του monitor"),
            },
        },
        "name another backend; `unibench doctor` shows which can run here",
        UnikernelHost.OpenSandbox);
}
