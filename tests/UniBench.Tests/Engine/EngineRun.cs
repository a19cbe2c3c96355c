using System.Text;
using Microsoft.Win32.SafeHandles;
using UniBench.Kvm;
using UniBench.Monitor;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Engine;

/// <summary>A family's result with what it wrote to stdout.</summary>
internal sealed record EngineOutput(FamilyResult Result, string Stdout);

/// <summary>Runs test programs on an engine that all engine tests share.</summary>
internal static class EngineRun
{
    private static readonly Lazy<UnikernelHost> Shared = new(UnikernelHost.Open);

    public static UnikernelHost Host => Shared.Value;

    public static string Program(string name) => Path.Combine(ConformancePrograms.Repository, "guest", "build", name);

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
