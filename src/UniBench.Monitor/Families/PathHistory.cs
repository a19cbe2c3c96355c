namespace UniBench.Monitor.Families;

/// <summary>Which question on a path followed which, the last time: compilers, version control and interpreters ask the same ones in each of their processes. Thread-safe.</summary>
/// <remarks>Of one program and one user: the paths that a process asked for are nobody else's to know.</remarks>
internal sealed class PathHistory
{
    private const int Most = 1024; // 1 MB with the longest paths
    private const int Longest = 256; // bytes of a path
    private readonly Lock gate = new();
    private readonly Dictionary<PathQuestion, PathQuestion> next = [];

    public void Followed(in PathQuestion question, in PathQuestion by)
    {
        if (question.Path.Length > Longest || by.Path.Length > Longest)
        {
            return;
        }

        lock (gate)
        {
            if (next.Count >= Most)
            {
                next.Clear();
            }

            next[question] = by;
        }
    }

    public bool TryGetNext(in PathQuestion question, out PathQuestion following)
    {
        lock (gate)
        {
            return next.TryGetValue(question, out following);
        }
    }
}
