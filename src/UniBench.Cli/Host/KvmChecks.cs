using System.Globalization;
using UniBench.Kvm;
using UniBench.Workbench.Running;

namespace UniBench.Cli.Host;

/// <summary>Whether and how this machine runs VMs.</summary>
internal static class KvmChecks
{
    private const string Device = "/dev/kvm";

    public static IEnumerable<HostCheck> All()
    {
        foreach (HostCheck check in OfDevice())
        {
            yield return check;
        }

        yield return new HostCheck("kind", Verdict.Neutral, HostEnvironment.KvmKind, KindAdvice());
        foreach (string module in new[] { "kvm_intel", "kvm_amd" })
        {
            if (HostEnvironment.FirstLine($"/sys/module/{module}/parameters/nested") is { } nested)
            {
                yield return new HostCheck($"{module} nested", Verdict.Neutral, nested);
            }
        }
    }

    private static HostCheck[] OfDevice()
    {
        if (!Path.Exists(Device))
        {
            KvmAbsence absence = KvmAbsence.Explain();
            return [new HostCheck(Device, Verdict.Bad, absence.Found, absence.Advice)];
        }

        try
        {
            using KvmDevice device = KvmDevice.Open();
            return
            [
                new HostCheck(Device, Verdict.Good, string.Create(CultureInfo.InvariantCulture, $"API version {device.ApiVersion}, {device.MemorySlots} memory slots a VM")),
                new HostCheck("paging", Verdict.Neutral, device.Paging switch
                {
                    GuestPaging.Nested => "nested: the CPU walks the guests' page tables",
                    GuestPaging.Shadow => "shadow: KVM walks the guests' page tables",
                    _ => "unknown: no module of KVM says who walks the guests' page tables, so the engine does what either kind needs",
                }),
                new HostCheck("exits switched off", Verdict.Neutral, device.DisabledExits is VirtualizedInstructions.None ? "none" : device.DisabledExits.ToString().ToLowerInvariant()),
                new HostCheck("slots removed", Verdict.Neutral, device.ForgetsSlotsAlone ? "each forgotten alone" : "with each goes all that KVM mapped for the VM"),
            ];
        }
        catch (KvmException e)
        {
            return [new HostCheck(Device, Verdict.Bad, e.Message)]; // which says what to do
        }
    }

    private static string? KindAdvice() => HostEnvironment.KvmKind.Contains("kvm_pvm", StringComparison.Ordinal)
        ? "VM exits cost several times more than with hardware virtualization: numbers of fork and start are pessimistic"
        : HostEnvironment.KvmKind.Contains("nested", StringComparison.Ordinal)
            ? "every VM exit passes the outer hypervisor: numbers of fork and start are pessimistic"
            : null;
}
