using System.CommandLine;
using UniBench.Backends;
using UniBench.Cli.Host;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>`unibench doctor`: what this machine can do, each with advice.</summary>
internal static class DoctorCommand
{
    public const string Name = "doctor";

    public static Command Create(CommandLine line)
    {
        Command command = new(Name, "Says what this machine can do and what to do about it. Exit code 4 if no backend can run here.");
        command.SetAction(_ =>
        {
            line.RefuseRest(Name);
            bool usable = false;
            List<HostCheck> able = [];
            List<(string Title, HostCheck[] Checks)> engines = [];
            foreach (string name in BackendRegistry.Names)
            {
                using IBackend backend = line.Backends(name);
                Availability probe = backend.Probe();
                usable |= probe.IsAvailable;
                able.Add(probe.IsAvailable
                    ? new HostCheck(name, Verdict.Good, backend.Detail ?? "can run")
                    : new HostCheck(name, Verdict.Bad, probe.Reason!, probe.Advice));
                if (probe.IsAvailable && backend is EngineBackend engine)
                {
                    engines.Add(($"Engine of {name}", [.. EngineChecks.Of(engine)]));
                }
            }

            Section(line.Output, "Backends", able);
            Section(line.Output, "KVM", KvmChecks.All());
            engines.ForEach(e => Section(line.Output, e.Title, e.Checks));
            Section(line.Output, "CPU and clock", CpuChecks.All());
            Section(line.Output, "Memory and limits", MemoryChecks.All());
            Section(line.Output, "Containers", ContainerChecks.All());
            return usable ? ExitCodes.Ok : ExitCodes.BackendUnavailable;
        });
        return command;
    }

    private static void Section(TextWriter output, string title, IEnumerable<HostCheck> checks)
    {
        output.WriteLine(title);
        foreach (HostCheck check in checks)
        {
            string mark = check.Verdict switch
            {
                Verdict.Good => "ok  ",
                Verdict.Doubtful => "warn",
                Verdict.Bad => "bad ",
                _ => "    ",
            };
            output.WriteLine($"  {mark}  {check.Subject,-20} {check.Value}");
            if (check.Advice is not null)
            {
                output.WriteLine($"        {"",-20} -> {check.Advice}");
            }
        }

        output.WriteLine();
    }
}
