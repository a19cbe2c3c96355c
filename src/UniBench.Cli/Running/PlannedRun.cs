using UniBench.Backends;
using UniBench.Cli.Scripting;
using UniBench.Measure;

namespace UniBench.Cli.Running;

/// <summary>A case with what it takes to launch it.</summary>
internal sealed record PlannedRun(PlannedCase Planned, LaunchRequest Request, CaseDeclaration Declaration);
