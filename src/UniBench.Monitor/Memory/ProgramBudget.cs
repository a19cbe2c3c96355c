using UniBench.Monitor.Loading;

namespace UniBench.Monitor.Memory;

/// <summary>What a family may load of programs that the engine did not know: each one has to fit its memory, and all of them are kept.</summary>
/// <param name="each">Largest program, bytes.</param>
/// <param name="all">Bytes of all that the family is the first to run.</param>
internal sealed class ProgramBudget(long each, long all)
{
    private long used;

    public long Each => each;

    /// <exception cref="ProgramSizeException">The family has used it up.</exception>
    public void Charge(long bytes)
    {
        if (Interlocked.Add(ref used, bytes) > all)
        {
            Interlocked.Add(ref used, -bytes);
            throw new ProgramSizeException($"the family has loaded {used >> 20} MB of programs, and {all >> 20} MB are possible ({all / each} times --memory)");
        }
    }
}
