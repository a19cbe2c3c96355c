using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>What executes the instructions of a Linux VM's guest: all that tells the backends in Linux VMs apart.</summary>
/// <param name="Traits">What the backend with it is.</param>
/// <param name="Words">What it is called in versions.</param>
/// <param name="Options">QEMU's options for it.</param>
/// <param name="Kernel">Parameters of the guest's kernel that it needs.</param>
/// <param name="Obstacle">Why it cannot be had here, and what to do; null when it can.</param>
public sealed record VmAccelerator(BackendTraits Traits, string Words, IReadOnlyList<string> Options, string Kernel, Func<Availability?> Obstacle)
{
    private const string Device = "/dev/kvm";

    /// <summary>The processor itself.</summary>
    public static VmAccelerator Hardware { get; } = new(
        new BackendTraits
        {
            Name = "vm",
            Order = 40,
            Look = new("#cc79a7", "#e0a3c3", "inverted"),
            Words = new Dictionary<string, BackendWords>
            {
                ["en"] = new("in a Linux VM", "a VM on KVM under QEMU around the whole workload, with a Linux kernel of its own", "QEMU, the boot of a Linux kernel and its first process", "QEMU's: its guest's kernel, boot and end included"),
                ["el"] = new("σε VM με Linux", "μια VM στο KVM με QEMU γύρω από όλο τον φόρτο, με δικό της πυρήνα Linux", "το QEMU, την εκκίνηση ενός πυρήνα Linux και την πρώτη διεργασία του", "του QEMU, μαζί με τον πυρήνα, την εκκίνηση και το τέλος του φιλοξενουμένου"),
            },
        },
        "KVM",
        ["-accel", "kvm", "-cpu", "host"],
        string.Empty,
        WithoutKvm);

    /// <summary>A program: 10 to 100 times slower, so its times say nothing of VMs.</summary>
    /// <remarks>
    /// The clock inside moves with the instructions, 4 ns each, so that nothing is late because the host is busy. The kernel cannot find out how fast it
    /// goes, as this machine has no other one.
    /// </remarks>
    public static VmAccelerator Emulation { get; } = new(
        new BackendTraits
        {
            Name = "vm-tcg",
            Order = 50,
            Look = new("#7a5c00", "#d9b84a", "cross"),
            IsEmulated = true,
            Words = new Dictionary<string, BackendWords>
            {
                ["en"] = new("in an emulated Linux VM", "a program: QEMU emulates the processor (TCG)", "QEMU, the emulated boot of a Linux kernel and its first process", "QEMU's, which emulates each instruction"),
                ["el"] = new("σε εξομοιωμένη VM με Linux", "ένα πρόγραμμα: το QEMU εξομοιώνει τον επεξεργαστή (TCG)", "το QEMU, την εξομοιωμένη εκκίνηση ενός πυρήνα Linux και την πρώτη διεργασία του", "του QEMU, που εξομοιώνει κάθε εντολή"),
            },
        },
        "TCG: an emulated processor",
        ["-accel", "tcg,thread=single,tb-size=256", "-icount", "shift=2,sleep=on", "-cpu", "max"],
        "mitigations=off no_timer_check tsc=reliable tsc_early_khz=1000000",
        () => null);

    private static Availability? WithoutKvm()
    {
        string advice = $"`unibench doctor` tells about KVM; --backends {Emulation.Traits.Name} emulates the processor, for what programs do, not for how fast";
        if (!File.Exists(Device))
        {
            return new Availability($"there is no {Device}", advice);
        }

        try
        {
            File.OpenHandle(Device, FileMode.Open, FileAccess.ReadWrite).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Availability($"{Device}: {e.Message}", advice);
        }

        // Without it KVM emulates what a kernel does at its privilege level, instruction by instruction: it does not come up.
        string[] flags = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("flags", StringComparison.Ordinal))?.Split(' ') ?? [];
        return flags.Contains("vmx") || flags.Contains("svm") ? null
            : new Availability($"{Device} is there, but the CPU shows neither vmx nor svm, and without them KVM runs no Linux kernel", advice);
    }
}
