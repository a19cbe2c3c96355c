namespace UniBench.Monitor.Families;

/// <summary>Which CPU each process of a family runs on, by who is awake on it. Thread-safe; locks nothing else.</summary>
/// <remarks>
/// Left to the scheduler, a woken process often lands behind its waker, which spins for it (a fork then takes 250 us instead
/// of 50), or on a CPU that sleeps deeply and takes long to come (a hand-over: up to 1 ms instead of 35 us). So a new process
/// goes where the fewest are awake, and a woken one takes over the CPU of a waker that goes to sleep.
/// </remarks>
internal sealed class CpuAssignment
{
    private readonly Lock gate = new();
    private readonly int[] cpus;
    private readonly int[] living;
    private readonly List<CpuSeat>[] awake;

    public CpuAssignment(IEnumerable<int> cpus)
    {
        this.cpus = [.. cpus.Distinct()];
        living = new int[this.cpus.Length];
        awake = [.. this.cpus.Select(_ => new List<CpuSeat>())];
    }

    /// <summary>How many processes are awake.</summary>
    public int Awake
    {
        get
        {
            lock (gate)
            {
                return awake.Sum(a => a.Count);
            }
        }
    }

    /// <summary>A new process, awake: to the CPU with the fewest awake, then living, processes.</summary>
    /// <param name="parent">The parent's seat, whose CPU is avoided among equals; null for none.</param>
    public void Enter(CpuSeat seat, CpuSeat? parent)
    {
        lock (gate)
        {
            int best = 0;
            for (int i = 1; i < cpus.Length; i++)
            {
                best = Load(i).CompareTo(Load(best)) < 0 ? i : best;
            }

            living[best]++;
            Put(seat, best);
        }

        (int, int, int) Load(int at) => (awake[at].Count, living[at], parent?.At == at ? 1 : 0);
    }

    public void Leave(CpuSeat seat)
    {
        lock (gate)
        {
            Take(seat);
            living[seat.At]--;
        }
    }

    public void Sleep(CpuSeat seat)
    {
        lock (gate)
        {
            Take(seat);
        }
    }

    /// <summary>The process sleeps: if nobody is awake on its CPU, and several are on another, one of those gets it.</summary>
    /// <returns>Who is to be moved, its seat is there already; null for nobody.</returns>
    public CpuSeat? Fill(CpuSeat seat)
    {
        lock (gate)
        {
            if (awake[seat.At].Count > 0)
            {
                return null;
            }

            int busiest = seat.At;
            for (int i = 0; i < cpus.Length; i++)
            {
                busiest = awake[i].Count > awake[busiest].Count ? i : busiest;
            }

            if (awake[busiest].Count < 2)
            {
                return null;
            }

            CpuSeat moved = awake[busiest][^1];
            Move(moved, seat.At);
            return moved;
        }
    }

    /// <summary>The process wakes up: on the waker's CPU if that goes to sleep, else on its own or, where somebody else is awake, on one that is idle.</summary>
    /// <param name="waker">Seat of a waker that is about to sleep; null: none.</param>
    public void Wake(CpuSeat seat, CpuSeat? waker)
    {
        lock (gate)
        {
            if (seat.IsAwake)
            {
                return;
            }

            int at = waker?.At ?? (awake[seat.At].Count == 0 ? seat.At : Idle(seat.At));
            living[seat.At]--;
            living[at]++;
            Put(seat, at);
        }
    }

    /// <summary>The process found itself awake beside others: it goes to an idle CPU if there is one.</summary>
    /// <returns>True if its seat changed.</returns>
    public bool Spread(CpuSeat seat)
    {
        lock (gate)
        {
            int idle = awake[seat.At].Count > 1 ? Idle(seat.At) : seat.At;
            if (idle == seat.At)
            {
                return false;
            }

            Move(seat, idle);
            return true;
        }
    }

    /// <summary>Copies who is awake, as far as there is room.</summary>
    /// <returns>How many were copied.</returns>
    public int CopyAwake(Span<GuestProcess?> to)
    {
        int count = 0;
        lock (gate)
        {
            foreach (List<CpuSeat> here in awake)
            {
                foreach (CpuSeat seat in here)
                {
                    if (count == to.Length)
                    {
                        return count;
                    }

                    to[count++] = seat.Process;
                }
            }
        }

        return count;
    }

    private int Idle(int otherwise)
    {
        for (int i = 0; i < cpus.Length; i++)
        {
            if (awake[i].Count == 0)
            {
                return i;
            }
        }

        return otherwise;
    }

    private void Move(CpuSeat seat, int at)
    {
        Take(seat);
        living[seat.At]--;
        living[at]++;
        Put(seat, at);
    }

    private void Put(CpuSeat seat, int at)
    {
        seat.At = at;
        seat.Cpu = cpus[at];
        seat.IsAwake = true;
        awake[at].Add(seat);
    }

    private void Take(CpuSeat seat)
    {
        if (seat.IsAwake)
        {
            seat.IsAwake = false;
            awake[seat.At].Remove(seat);
        }
    }
}
