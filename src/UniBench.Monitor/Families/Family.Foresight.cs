using UniBench.Host;

namespace UniBench.Monitor.Families;

/// <summary>What processes of a program ask for, one after the other.</summary>
internal sealed partial class Family
{
    private const int MostHistories = 16;
    private readonly Dictionary<(string Program, IdSet Users), PathHistory> histories = []; // guarded by itself

    /// <summary>Of those who run that program as these users.</summary>
    public PathHistory PathsOf(string program, IdSet users)
    {
        lock (histories)
        {
            if (!histories.TryGetValue((program, users), out PathHistory? paths))
            {
                if (histories.Count >= MostHistories)
                {
                    histories.Clear(); // who has one keeps it
                }

                histories[(program, users)] = paths = new PathHistory();
            }

            return paths;
        }
    }
}
