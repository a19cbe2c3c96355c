using NUnit.Framework;
using UniBench.Cli.Host;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Cli;

internal sealed class KvmAbsenceTests
{
    [TestCase("kvm kvm_amd", " 60 cpu_dma_latency\n232 kvm\n", "fpu svm", "no node /dev/kvm, but the kernel has KVM (kvm, kvm_amd)", "mknod")]
    [TestCase("", "232 kvm\n", "fpu vmx", "no node /dev/kvm, but the kernel has KVM", "mknod")]
    [TestCase("kvm", " 60 cpu_dma_latency\n", "fpu vmx", "no KVM for this CPU (loaded: kvm), though the CPU has vmx", "modprobe kvm_intel")]
    [TestCase("", "", "fpu svm", "no KVM module, though the CPU has svm", "modprobe kvm_amd")]
    [TestCase("", "", "fpu hypervisor", "no KVM module, and the CPU shows neither vmx nor svm", "firmware")]
    public void A_missing_node_is_told_from_a_missing_module_and_from_a_CPU_that_cannot(string modules, string misc, string flags, string found, string advice)
    {
        using FreshDirectory root = new();
        foreach (string folder in modules.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(m => $"sys/module/{m}").Append("proc"))
        {
            Directory.CreateDirectory(Path.Combine(root.Path, folder));
        }

        File.WriteAllText(Path.Combine(root.Path, "proc", "misc"), misc);
        File.WriteAllText(Path.Combine(root.Path, "proc", "cpuinfo"), $"processor\t: 0\nflags\t\t: {flags}\n");
        KvmAbsence absence = KvmAbsence.Explain(root.Path);
        Assert.That(absence.Found, Does.Contain(found));
        Assert.That(absence.Advice, Does.Contain(advice));
    }
}
