using System.Text;
using Microsoft.Win32.SafeHandles;
using UniBench.Host;
using UniBench.Monitor;
using UniBench.Tests.Conformance;
using UniBench.Workloads;

namespace UniBench.Tests.Engine;

/// <summary>A family's result with what it wrote to stdout.</summary>
internal sealed record EngineOutput(FamilyResult Result, string Stdout);

/// <summary>Runs test programs on the engine of the machine that the fixture named; all fixtures of a machine share it.</summary>
internal static class EngineRun
{
    public const string Kvm = "kvm";
    public const string Sandbox = "sandbox";
    private static readonly Dictionary<string, Lazy<UnikernelHost>> Shared =
        new() { [Kvm] = new(UnikernelHost.Open), [Sandbox] = new(UnikernelHost.OpenSandbox) };

    private static string? machine;

    public static UnikernelHost Host => Shared[machine ?? throw new InvalidOperationException("the fixture has not said on which machine: EngineRun.Use")].Value;

    /// <summary>What follows runs on that machine; ignored where it cannot be had.</summary>
    public static void Use(string name)
    {
        if (name == Kvm)
        {
            Require.Kvm();
        }

        machine = name;
    }

    public static string Program(string name) => Path.Combine(ConformancePrograms.Repository, "guest", "build", name);

    /// <summary>Environment in which a hostile program finds its library OS's gate to the monitor; a VM has an instruction for that.</summary>
    public static IReadOnlyList<string> GateOf(string machine) => machine == Kvm ? [] :
    [
        .. Host.Libos.Elf.Symbols.Addresses.Where(a => Host.Libos.Elf.Symbolize(a) == "hypercall+0x0").Take(1).Select(a => $"HYPERCALL={a:x}"),
    ];

    public static EngineOutput Run(string program, string arguments, Func<FamilySpec, FamilySpec>? change = null, CancellationToken cancellation = default) =>
        Run([Stage(program, arguments)], change, cancellation);

    public static ProcessSpec Stage(string program, string arguments) =>
        new(Program(program), [program, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    public static EngineOutput Run(IReadOnlyList<ProcessSpec> stages, Func<FamilySpec, FamilySpec>? change = null, CancellationToken cancellation = default)
    {
        using SafeFileHandle nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        using HostPipe output = new();
        Task<string> text = Task.Run(() =>
        {
            using StreamReader reader = new(new FileStream(output.Reader, FileAccess.Read, 0), Encoding.UTF8);
            return reader.ReadToEnd();
        });
        FamilySpec spec = new()
        {
            Stages = stages,
            Stdin = HostPipe.Number(nothing),
            Stdout = HostPipe.Number(output.Writer),
            Stderr = HostPipe.Number(nothing),
            Timeout = Patience.Seconds(30),
        };
        FamilyResult result = Host.Run(change?.Invoke(spec) ?? spec, cancellation);
        output.Writer.Dispose();
        return new EngineOutput(result, text.GetAwaiter().GetResult());
    }
}
