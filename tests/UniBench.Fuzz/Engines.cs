using System.Globalization;
using UniBench.Monitor;

namespace UniBench.Fuzz;

/// <summary>The engine of a machine by its name.</summary>
internal static class Engines
{
    public const string Kvm = "kvm";
    public const string Sandbox = "sandbox";

    public static UnikernelHost Open(string machine) => machine == Kvm ? UnikernelHost.Open() : UnikernelHost.OpenSandbox();

    /// <summary>Why this machine cannot be had here; null where it can.</summary>
    public static string? Lacks(string machine)
    {
        try
        {
            Open(machine).Dispose();
            return null;
        }
        catch (EngineException e)
        {
            return e.Message;
        }
    }

    /// <summary>Where a sandboxed program finds its library OS's gate to the monitor; a VM has an instruction for that.</summary>
    public static IReadOnlyList<string> Gate(UnikernelHost host, string machine) => machine == Kvm ? [] :
    [
        .. host.Libos.Elf.Symbols.Addresses.Where(a => host.Libos.Elf.Symbolize(a) == "hypercall+0x0").Take(1).Select(a => string.Create(CultureInfo.InvariantCulture, $"HYPERCALL={a:x}")),
    ];

    /// <summary>The report of the monitor's own fault among a family's crashes.</summary>
    public static string? FaultOf(FamilyResult result) => result.Crashes.FirstOrDefault(c => c.Text.Contains("fault of UniBench", StringComparison.Ordinal))?.Text;
}
