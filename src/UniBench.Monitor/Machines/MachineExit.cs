namespace UniBench.Monitor.Machines;

/// <summary>Why a machine came back to the monitor.</summary>
internal enum MachineExit
{
    /// <summary>A hypercall: <see cref="Machine.Call"/>, to be answered with <see cref="Machine.Return"/>.</summary>
    Call,

    /// <summary>The program used an instruction that Linux forbids it and that the library OS does not see.</summary>
    ForbiddenInstruction,

    /// <summary>Somebody called <see cref="Machine.Interrupt"/>, or wants the process ended.</summary>
    Interrupted,

    /// <summary>It touched a page of a mapped file that was cut off before: <see cref="Machine.RaiseBeyondFile"/>.</summary>
    BeyondFile,

    /// <summary>It can run no further; <see cref="Machine.Broken"/> says why.</summary>
    Broken,
}
