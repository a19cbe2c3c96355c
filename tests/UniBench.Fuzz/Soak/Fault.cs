namespace UniBench.Fuzz.Soak;

/// <summary>What happens to unibench while it works.</summary>
internal enum Fault
{
    /// <summary>Nothing: the workload ends by itself, and its output is right.</summary>
    None,

    /// <summary>One signal that asks it to end, or two of them.</summary>
    Interrupted,

    /// <summary>SIGKILL.</summary>
    Killed,

    /// <summary>SIGKILL of processes that it started, now and then.</summary>
    ChildrenKilled,

    /// <summary>Few descriptors, and no right to raise the limit.</summary>
    FewDescriptors,

    /// <summary>A control group with few processes and threads.</summary>
    FewThreads,

    /// <summary>A control group with little memory: the kernel kills in it.</summary>
    LittleMemory,

    /// <summary>--memory as small as it may be.</summary>
    SmallProcesses,

    /// <summary>The disk of its temporary files and results is full.</summary>
    FullDisk,
}
