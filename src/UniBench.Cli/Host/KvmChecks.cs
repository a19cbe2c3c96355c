using System.Globalization;
using UniBench.Cli.Running;
using UniBench.Kvm;
using UniBench.Monitor;

namespace UniBench.Cli.Host;

/// <summary>Whether and how this machine runs VMs.</summary>
internal static class KvmChecks
{
    private const string Device = "/dev/kvm";

    public static IEnumerable<HostCheck> All()
    {
        yield return OfDevice();
        yield return new HostCheck("kind", Verdict.Neutral, HostEnvironment.KvmKind, KindAdvice());
        foreach (string module in new[] { "kvm_intel", "kvm_amd" })
        {
            if (HostEnvironment.FirstLine($"/sys/module/{module}/parameters/nested") is { } nested)
            {
                yield return new HostCheck($"{module} nested", Verdict.Neutral, nested);
            }
        }

        foreach (HostCheck cost in Costs())
        {
            yield return cost;
        }
    }

    /// <summary>What an exit, a hypercall and a system call cost here; nothing where the engine cannot run.</summary>
    private static IEnumerable<HostCheck> Costs()
    {
        EngineCosts costs;
        try
        {
            using UnikernelHost host = UnikernelHost.Open();
            costs = host.MeasureCosts();
        }
        catch (EngineException)
        {
            yield break; // the line of /dev/kvm says why
        }

        yield return new HostCheck("exit", Verdict.Neutral, Microseconds(costs.ExitNs) + " from guest to monitor and back");
        yield return new HostCheck("hypercall", Verdict.Neutral, Microseconds(costs.HypercallNs) + " for a system call that the monitor serves");
        yield return new HostCheck("system call", Verdict.Neutral, string.Create(CultureInfo.InvariantCulture, $"{costs.SystemCallNs:0.0} ns for one that the library OS serves"));

        static string Microseconds(double ns) => string.Create(CultureInfo.InvariantCulture, $"{ns / 1000:0.0} us");
    }

    private static HostCheck OfDevice()
    {
        if (!Path.Exists(Device))
        {
            KvmAbsence absence = KvmAbsence.Explain();
            return new HostCheck(Device, Verdict.Bad, absence.Found, absence.Advice);
        }

        try
        {
            using KvmDevice device = KvmDevice.Open();
            return new HostCheck(Device, Verdict.Good, string.Create(CultureInfo.InvariantCulture, $"API version {device.ApiVersion}, {device.MemorySlots} memory slots a VM"));
        }
        catch (KvmException e)
        {
            return new HostCheck(Device, Verdict.Bad, e.Message); // which says what to do
        }
    }

    private static string? KindAdvice() => HostEnvironment.KvmKind.Contains("kvm_pvm", StringComparison.Ordinal)
        ? "VM exits cost several times more than with hardware virtualization: numbers of fork and start are pessimistic"
        : HostEnvironment.KvmKind.Contains("nested", StringComparison.Ordinal)
            ? "every VM exit passes the outer hypervisor: numbers of fork and start are pessimistic"
            : null;
}
