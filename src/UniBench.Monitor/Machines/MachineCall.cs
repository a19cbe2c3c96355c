namespace UniBench.Monitor.Machines;

/// <summary>A hypercall as the library OS made it: its number and its arguments (guest/abi/unibench_abi.h). Nothing in it is to be trusted.</summary>
internal readonly record struct MachineCall(ulong Number, ulong A, ulong B, ulong C, ulong D, ulong E, ulong F);
