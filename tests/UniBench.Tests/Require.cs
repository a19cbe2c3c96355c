using System.Runtime.InteropServices;
using NUnit.Framework;
using UniBench.Host;
using UniBench.Kvm;
using UniBench.Workloads;

namespace UniBench.Tests;

/// <summary>What a test needs of the machine. Missing, the test is ignored with the reason; it fails instead when
/// <c>UNIBENCH_REQUIRE</c> (a comma list of kvm, vm, slurm, runc, root, shells, programs, cpus, priority) names the need.</summary>
internal static class Require
{
    public static void Kvm()
    {
        Assert.That(TestContext.CurrentContext.Test.AllCategories(), Does.Contain(NeedsKvmAttribute.Category), "what needs KVM says so with [NeedsKvm], or it is not run in the emulated machine");
        if (Environment.GetEnvironmentVariable("UNIBENCH_KVM") == "none")
        {
            Missing("kvm", "UNIBENCH_KVM=none: as if there were no /dev/kvm");
        }

        try
        {
            KvmDevice.Open().Dispose();
        }
        catch (KvmException e)
        {
            Missing("kvm", e.Message);
        }
    }

    /// <returns>As many CPUs that this process may use.</returns>
    public static int[] Cpus(int count)
    {
        int[] cpus = [.. HostThread.GetAffinity().Cpus.Take(count)];
        if (cpus.Length < count)
        {
            Missing("cpus", $"needs {count} CPUs, may use {cpus.Length}");
        }

        return cpus;
    }

    public static void Runc()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        if (!folders.Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, "runc"))))
        {
            Missing("runc", "runc is not on the PATH");
        }
    }

    /// <summary>A Linux process inherits the priority of the tests, a unikernel begins with 0.</summary>
    public static void UsualPriority()
    {
        string stat = File.ReadAllText("/proc/self/stat");
        string nice = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16];
        if (nice != "0")
        {
            Missing("priority", $"the tests run with nice {nice}, not 0");
        }
    }

    public static void Root()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Missing("root", $"needs root, runs as {Environment.UserName} on {RuntimeInformation.OSDescription}");
        }
    }

    /// <param name="found">What the backend says of QEMU and its kernel.</param>
    public static void Vm(Availability found)
    {
        if (!found.IsAvailable)
        {
            Missing("vm", $"{found.Reason}: {found.Advice}");
        }
    }

    public static void Slurm()
    {
        string[] parts = ["/usr/sbin/munged", "/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/bin/sbatch", "/usr/bin/squeue", "/usr/bin/scontrol", "/usr/bin/sinfo"];
        if (Array.Find(parts, p => !File.Exists(p)) is { } missing)
        {
            Missing("slurm", $"there is no {missing}: apt-get install slurm-wlm munge");
        }
    }

    /// <summary>Programs of the system that not every machine has.</summary>
    public static void Programs(params string[] paths)
    {
        if (Array.Find(paths, p => !File.Exists(p)) is { } missing)
        {
            Missing("programs", $"there is no {missing}");
        }
    }

    public static void StaticShell(string path, string package)
    {
        if (!File.Exists(path))
        {
            Missing("shells", $"{path} is missing: install {package}");
        }
    }

    private static void Missing(string need, string reason)
    {
        string[] required = (Environment.GetEnvironmentVariable("UNIBENCH_REQUIRE") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (required.Contains(need))
        {
            Assert.Fail($"{reason}, and UNIBENCH_REQUIRE names {need}");
        }

        Assert.Ignore(reason);
    }
}
