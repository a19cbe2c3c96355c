using UniBench.Cli.Scripting;
using UniBench.Measure;
using UniBench.Workloads;

namespace UniBench.Cli.Running;

/// <summary>A case with what it takes to launch it.</summary>
internal sealed record PlannedRun(PlannedCase Planned, LaunchRequest Request, CaseDeclaration Declaration);
