using UniBench.Measure;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Workbench.Running;

/// <summary>A case with what it takes to launch it.</summary>
internal sealed record LaunchableCase(PlannedCase Planned, LaunchRequest Request, CaseDeclaration Declaration);
