using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UniBench.Workloads;

namespace UniBench.Tests.Conformance;

/// <summary>The workload programs keep the line format of docs/programs.md.</summary>
[TestFixture]
internal sealed partial class ProgramOutputTests
{
    private static string Path(string program) =>
        System.IO.Path.Combine(ConformancePrograms.Repository, "guest", "build", "programs", program);

    [TestCase("pipe_pingpong --count 50 --warmup 5 --size 100", "rtt_p50 rtt_p90 rtt_p99 rtt_min rtt_mean clock_overhead", "rtt:50")]
    [TestCase(
        "pipe_pingpong --rate 20000 --count 50 --warmup 5",
        "rtt_p50 rtt_p90 rtt_p99 rtt_min rtt_mean response_p50 response_p90 response_p99 response_mean achieved_rate clock_overhead",
        "rtt:50 response:50")]
    [TestCase("pipe_stream --total 3000001 --block 1000 --capacity 131072", "throughput bytes_per_s", "")]
    [TestCase("ring_stream --total 3000001 --block 1000 --capacity 8192", "throughput bytes_per_s", "")]
    [TestCase("sock_pingpong --family unix --count 50 --warmup 5 --size 100", "rtt_p50 rtt_p90 rtt_p99 rtt_min rtt_mean clock_overhead", "rtt:50")]
    [TestCase("sock_pingpong --family tcp --count 50 --warmup 5 --size 3000", "rtt_p50 rtt_p90 rtt_p99 rtt_min rtt_mean clock_overhead", "rtt:50")]
    [TestCase("sock_stream --family unix --total 3000001 --block 1000", "throughput bytes_per_s", "")]
    [TestCase("sock_stream --family tcp --total 3000001 --block 1000", "throughput bytes_per_s", "")]
    [TestCase("pipe_chain --stages 3 --count 20 --total 100001 --size 77", "latency_p50 latency_p99 throughput clock_overhead", "latency:20")]
    [TestCase("pipe_graph --edges 0-1,0-2,1-3,2-3,3-1,3-3 --count 20 --stream 100 --size 3000", "latency_p50 latency_p99 messages_per_s clock_overhead", "latency:20")]
    [TestCase("fork_storm --count 20 --heap 1000000", "fork_exit_wait_p50 fork_exit_wait_mean fork_exit_wait_p99 fork_p50 clock_overhead", "fork_exit_wait:20")]
    [TestCase("fork_storm --count 5 --heap 1000000 --write parent", "fork_exit_wait_p50 fork_exit_wait_mean fork_exit_wait_p99 fork_p50 write_page_ns clock_overhead", "fork_exit_wait:5")]
    [TestCase("fork_storm --count 5 --heap 1000000 --write child", "fork_exit_wait_p50 fork_exit_wait_mean fork_exit_wait_p99 fork_p50 write_page_ns clock_overhead", "fork_exit_wait:5")]
    [TestCase("fork_storm --count 5 --write child", "fork_exit_wait_p50 fork_exit_wait_mean fork_exit_wait_p99 fork_p50 clock_overhead", "fork_exit_wait:5")]
    [TestCase("fork_storm --mode alive --alive 200", "alive_total fork_p50 fork_first fork_last fork_first100 fork_last100 exit_wait_total alive_each exit_wait_each", "")]
    [TestCase("fork_storm --mode alive --alive 20", "alive_total fork_p50 fork_first fork_last exit_wait_total alive_each exit_wait_each", "")]
    [TestCase("fork_storm --mode tree --depth 2 --fanout 3", "tree_total", "")]
    [TestCase("spawn --count 5", "spawn_p50 spawn_mean start_p50 clock_overhead", "")]
    [TestCase("spawn --once", "main_stamp", "")]
    [TestCase("null_syscall --count 1000", "getppid_ns getpid_ns clock_gettime_ns null_write_ns", "")]
    [TestCase("hello", "", "")]
    public void A_program_prints_its_documented_samples_and_nothing_else_of_that_form(string command, string samples, string histograms)
    {
        string[] words = command.Split(' ');
        Observation seen = LinuxRun.Run(Path(words[0]), words[1..]);
        Assert.That(seen.Status, Is.EqualTo(ExitStatus.Exited(0)), seen.ToString());
        string[] lines = [.. Encoding.ASCII.GetString(seen.Stdout).Split('\n').Where(line => line.StartsWith('@'))];
        string[] sampleLines = [.. lines.Where(line => Sample().IsMatch(line))];
        string[] histogramLines = [.. lines.Where(line => Histogram().IsMatch(line))];
        Assert.Multiple(() =>
        {
            Assert.That(sampleLines.Select(line => line.Split(' ')[1]), Is.EqualTo(samples.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            Assert.That(histogramLines.Select(NameAndTotal), Is.EqualTo(histograms.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            Assert.That(sampleLines.Length + histogramLines.Length, Is.EqualTo(lines.Length));
        });
    }

    [Test]
    public void Quantiles_lie_between_the_least_and_the_last_bucket()
    {
        string output = Encoding.ASCII.GetString(LinuxRun.Run(Path("pipe_pingpong"), "--count", "200").Stdout);
        var values = Sample().Matches(output).ToDictionary(m => m.Groups[1].Value, m => double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));
        long last = long.Parse(output.TrimEnd().Split(' ')[^1].Split(':')[0], CultureInfo.InvariantCulture);
        double[] order = [values["rtt_min"], values["rtt_p50"], values["rtt_p90"], values["rtt_p99"], last * 1.008 + 1];
        Assert.That(order, Is.Ordered);
    }

    [TestCase("pipe_pingpong", "--size", "0")]
    [TestCase("pipe_pingpong", "--size", "many")]
    [TestCase("pipe_pingpong", "--size")]
    [TestCase("pipe_pingpong", "--rate", "-1")]
    [TestCase("sock_stream", "--family", "token-ring")]
    [TestCase("fork_storm", "--mode", "zigzag")]
    [TestCase("pipe_graph", "--edges", "0-2")]
    [TestCase("pipe_graph", "--edges", "0-1,")]
    [TestCase("pipe_graph", "--edges", "0-1,0-1")]
    [TestCase("pipe_graph", "--edges", "0-0")]
    [TestCase("pipe_graph", "--edges", "0-256")]
    [TestCase("hello", "there")]
    public void A_usage_error_ends_with_status_2_and_names_the_argument(string program, params string[] arguments)
    {
        Observation seen = LinuxRun.Run(Path(program), arguments);
        Assert.That(seen.Status, Is.EqualTo(ExitStatus.Exited(2)));
        Assert.That(seen.Stderr, Does.StartWith($"{program}: {arguments[^1]}: "));
    }

    [Test]
    public void Help_is_one_sentence_and_then_one_parameter_a_line(
        [Values("hello", "null_syscall", "pipe_pingpong", "pipe_stream", "ring_stream", "sock_pingpong", "sock_stream", "pipe_chain", "pipe_graph", "pipe_stage", "fork_storm", "spawn")] string program)
    {
        Observation seen = LinuxRun.Run(Path(program), "--help");
        string[] lines = Encoding.ASCII.GetString(seen.Stdout).TrimEnd('\n').Split('\n');
        Assert.That(lines[0], Does.Match("^[A-Z].*\\.$"));
        Assert.That(lines[1..], Has.All.Match("^--[a-z]+ .*[a-z]"));
    }

    [TestCase("0-1", "2 processes, 2 edges, 1 of them added")]
    [TestCase("0-1,1-2,2-0", "3 processes, 3 edges, 0 of them added")]
    [TestCase("0-1,1-1,0-2,2-1", "3 processes, 6 edges, 2 of them added")]
    public void A_graph_comes_to_an_end_whatever_its_edges_and_the_size_of_its_messages(string edges, string counts)
    {
        foreach (string size in (string[])["1", "2049", "65536"])
        {
            Observation seen = LinuxRun.Run(Path("pipe_graph"), "--edges", edges, "--size", size, "--count", "30", "--stream", "200");
            Assert.That(seen.Status, Is.EqualTo(ExitStatus.Exited(0)), seen.ToString());
            Assert.That(Encoding.ASCII.GetString(seen.Stdout), Does.StartWith(counts));
        }
    }

    private static string NameAndTotal(string line)
    {
        string[] words = line.Split(' ');
        long[] values = [.. words[3..].Select(word => long.Parse(word.Split(':')[0], CultureInfo.InvariantCulture))];
        Assert.That(values, Is.Ordered.Ascending);
        return $"{words[1]}:{words[3..].Sum(word => long.Parse(word.Split(':')[1], CultureInfo.InvariantCulture))}";
    }

    [GeneratedRegex(@"^@sample ([a-z0-9_]+) (?:ns|ms|MB/s|B/s|1/s) ([0-9]+(?:\.[0-9]+)?)$", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("^@hist [a-z0-9_]+ ns(?: [0-9]+:[0-9]+)+$", RegexOptions.Multiline)]
    private static partial Regex Histogram();
}
