using System.Diagnostics;
using System.Globalization;
using System.Text;
using UniBench.Host;

namespace UniBench.Fuzz;

/// <summary>A worker process under watch: that it ends as it should, goes on meanwhile, and leaves the host as it was.</summary>
internal sealed class WatchedPart(Part part, ulong firstSeed, TimeSpan time, Action<string> fault)
{
    /// <summary>Of the largest file that a guest may make here: what it asks for is not to fill the disk.</summary>
    private const string MostFileBytes = "67108864";

    private readonly StringBuilder said = new();
    private readonly List<string> errors = [];
    private long lastProgress = Stopwatch.GetTimestamp();
    private long slowest; // Stopwatch ticks between two lines
    private ulong? current; // null: before the first

    public long Inputs { get; private set; }

    public long Seeds { get; private set; }

    public TimeSpan Took { get; private set; }

    /// <returns>False after a fault.</returns>
    public bool Run()
    {
        bool sound = true;
        string folder = Directory.CreateTempSubdirectory("fuzz-").FullName, temporary = Path.Combine(folder, "tmp");
        Directory.CreateDirectory(temporary);
        HostState.Furnish(folder);
        HostState before = HostState.Of(folder);
        long started = Stopwatch.GetTimestamp();
        ProcessStartInfo start = new("prlimit", ["--fsize=" + MostFileBytes, "dotnet", typeof(WatchedPart).Assembly.Location, "part", part.Kind, part.Machine, firstSeed.ToString(CultureInfo.InvariantCulture), time.TotalSeconds.ToString(CultureInfo.InvariantCulture), folder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.Environment["TMPDIR"] = temporary;
        using Process worker = Process.Start(start)!;
        worker.OutputDataReceived += (_, e) => Hear(e.Data);
        worker.ErrorDataReceived += (_, e) => HearError(e.Data);
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();
        while (!worker.WaitForExit(1000))
        {
            if (Stop.IsAsked)
            {
                HostProcess.Kill(worker.Id, 9);
            }

            if (Stopwatch.GetElapsedTime(Volatile.Read(ref lastProgress)) > Patience)
            {
                Fault($"no progress for {Patience.TotalSeconds:0} s:\n{ThreadsOf(worker.Id)}");
                HostProcess.Kill(worker.Id, 9);
                worker.WaitForExit();
                sound = false;
                break;
            }
        }

        worker.WaitForExit(); // and all lines were heard
        Took = Stopwatch.GetElapsedTime(started);
        EndFault();
        if (sound && worker.ExitCode is not 0 && !Stop.IsAsked)
        {
            if (worker.ExitCode != 1 || said.Length == 0)
            {
                Fault($"the worker ended with {worker.ExitCode}{(worker.ExitCode > 128 ? $", signal {worker.ExitCode - 128}" : "")}:\n{string.Join('\n', errors.TakeLast(40))}");
            }

            sound = false;
        }

        IReadOnlyList<string> changes =
        [
            .. before.Changes(HostState.Of(folder)), .. Leftovers.Processes(TimeSpan.FromSeconds(60)),
            .. sound && !Stop.IsAsked ? Leftovers.Directories(worker.Id, temporary) : [],
        ];
        if (changes.Count > 0)
        {
            Fault($"the host is not as it was:\n{string.Join('\n', changes)}", from: firstSeed);
            sound = false;
        }

        PrivateDirectory.Remove(folder);
        return sound && !faulted;
    }

    /// <summary>Many times the longest that a seed took so far: a busy machine is no hang.</summary>
    private TimeSpan Patience => TimeSpan.FromSeconds(120) + (20 * TimeSpan.FromSeconds((double)slowest / Stopwatch.Frequency));

    private bool faulted;
    private StringBuilder? faultText;

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        long now = Stopwatch.GetTimestamp();
        slowest = Math.Max(slowest, now - Volatile.Read(ref lastProgress));
        Volatile.Write(ref lastProgress, now);
        if (faultText is not null && line.StartsWith('\t'))
        {
            faultText.Append('\n').Append(line.AsSpan(1));
            return;
        }

        EndFault();
        string[] words = line.Split(' ', 2);
        switch (words[0])
        {
            case "begin":
                current = ulong.Parse(words[1], CultureInfo.InvariantCulture);
                Seeds++;
                break;
            case "did":
                Inputs += long.Parse(words[1], CultureInfo.InvariantCulture);
                break;
            case "fault":
                faultText = new StringBuilder(words[1]);
                said.AppendLine(line);
                break;
        }
    }

    private void EndFault()
    {
        if (faultText is { } text)
        {
            faultText = null;
            Fault(text.ToString());
        }
    }

    private void HearError(string? line)
    {
        if (line is not null)
        {
            lock (errors)
            {
                errors.Add(line);
            }
        }
    }

    private void Fault(string text, ulong? from = null)
    {
        faulted = true;
        ulong seed = from ?? current ?? firstSeed;
        fault($"FAILED: {part}, seed {seed}: {text}\n  again: {part.Repeat(seed)}{(seed != firstSeed ? $" (it began with {firstSeed})" : "")}");
    }

    /// <summary>Where each thread is, as the kernel sees it.</summary>
    public static string ThreadsOf(int pid)
    {
        StringBuilder text = new();
        foreach (string thread in (Directory.Exists($"/proc/{pid}/task") ? Directory.GetDirectories($"/proc/{pid}/task") : []))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Read("comm")}: {Read("wchan")}, call {Read("syscall").Split(' ')[0]}\n");

            string Read(string name)
            {
                try
                {
                    return File.ReadAllText(Path.Combine(thread, name)).Trim();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    return "?";
                }
            }
        }

        return text.ToString();
    }
}
