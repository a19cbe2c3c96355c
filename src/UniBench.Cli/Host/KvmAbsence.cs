using UniBench.Workbench.Running;

namespace UniBench.Cli.Host;

/// <summary>Why there is no /dev/kvm: no node for a KVM that is there, no module, or a CPU that cannot.</summary>
/// <param name="Found">What this machine has instead.</param>
internal sealed record KvmAbsence(string Found, string Advice)
{
    private static readonly string[] Vendors = ["kvm_intel", "kvm_amd", "kvm_pvm"];

    /// <param name="root">Where /proc and /sys are: / but in tests.</param>
    public static KvmAbsence Explain(string root = "/")
    {
        string modules = string.Join(", ", Vendors.Prepend("kvm").Where(m => Directory.Exists(Path.Combine(root, "sys/module", m))));

        // KVM registers its device when the part for the CPU has come up, whether somebody makes a node or not.
        if (IsRegistered(Path.Combine(root, "proc/misc")))
        {
            return new KvmAbsence(
                $"no node /dev/kvm, but the kernel has KVM{(modules.Length > 0 ? $" ({modules})" : "")}",
                "make the node (mknod /dev/kvm c 10 232); a container has to be given it (--device /dev/kvm)");
        }

        string loaded = modules.Length > 0 ? $"no KVM for this CPU (loaded: {modules})" : "no KVM module";
        string[] flags = (HostEnvironment.Field(Path.Combine(root, "proc/cpuinfo"), "flags") ?? "").Split(' ');
        (string Flag, string Module)? kind = flags.Contains("svm") ? ("svm", "kvm_amd") : flags.Contains("vmx") ? ("vmx", "kvm_intel") : null;
        return kind is null
            ? new KvmAbsence(
                $"missing: {loaded}, and the CPU shows neither vmx nor svm",
                "switch virtualization on in the firmware; in a VM the host must allow nesting. `./run.sh machine` of a checkout emulates a machine that has it, slowly")
            : new KvmAbsence($"missing: {loaded}, though the CPU has {kind.Value.Flag}", $"load the module (modprobe {kind.Value.Module}); if it refuses, dmesg says why");
    }

    private static bool IsRegistered(string misc) => File.Exists(misc) && File.ReadLines(misc).Any(line => line.Trim().EndsWith(" kvm", StringComparison.Ordinal));
}
