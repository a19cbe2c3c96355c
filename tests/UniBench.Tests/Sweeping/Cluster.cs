using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace UniBench.Tests.Sweeping;

/// <summary>A cluster of one node, this machine: munged, slurmctld and slurmd with files and ports of their own. They end with it.</summary>
internal sealed class Cluster : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("unibench-slurm-").FullName;
    private readonly List<Process> daemons = [];

    public Cluster()
    {
        // munged wants to know that others may come in, but not write.
        File.SetUnixFileMode(folder, (UnixFileMode)0x1ed);
        File.WriteAllBytes(Path.Combine(folder, "key"), RandomNumberGenerator.GetBytes(1024));
        File.SetUnixFileMode(Path.Combine(folder, "key"), UnixFileMode.UserRead);
        Directory.CreateDirectory(Path.Combine(folder, "state"));
        Directory.CreateDirectory(Path.Combine(folder, "spool"));
        string host = Environment.MachineName.Split('.')[0];
        int[] ports = FreePorts(2);
        File.WriteAllText(Configuration, string.Create(CultureInfo.InvariantCulture, $"""
            ClusterName=test
            SlurmctldHost={host}(127.0.0.1)
            SlurmUser=root
            SlurmdUser=root
            AuthType=auth/munge
            AuthInfo=socket={folder}/socket
            CredType=cred/munge
            SlurmctldPort={ports[0]}
            SlurmdPort={ports[1]}
            StateSaveLocation={folder}/state
            SlurmdSpoolDir={folder}/spool
            SlurmctldPidFile={folder}/slurmctld.pid
            SlurmdPidFile={folder}/slurmd.pid
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectType=select/cons_tres
            ReturnToService=2
            NodeName={host} NodeAddr=127.0.0.1 CPUs={Environment.ProcessorCount} State=UNKNOWN
            PartitionName=test Nodes=ALL Default=YES MaxTime=INFINITE State=UP

            """));
        Start("munged", "--foreground", "--force", $"--key-file={folder}/key", $"--socket={folder}/socket", $"--pid-file={folder}/munged.pid", $"--log-file={folder}/munged.log", $"--seed-file={folder}/seed");
        WaitFor(() => File.Exists(Path.Combine(folder, "socket")));
        Start("slurmctld", "-D", "-f", Configuration);
        Start("slurmd", "-D", "-f", Configuration, "-N", host);
        WaitFor(() => Output("sinfo", "--noheader", "--format=%T").Contains("idle", StringComparison.Ordinal));
    }

    /// <summary>What SLURM_CONF has to say.</summary>
    public string Configuration => Path.Combine(folder, "slurm.conf");

    public void Dispose()
    {
        foreach (Process daemon in Enumerable.Reverse(daemons))
        {
            daemon.Kill();
            daemon.WaitForExit();
            daemon.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private void WaitFor(Func<bool> ready)
    {
        long until = Environment.TickCount64 + (long)Patience.Seconds(60).TotalMilliseconds;
        while (!ready())
        {
            if (Environment.TickCount64 > until)
            {
                Dispose();
                throw new InvalidOperationException("the daemons of Slurm did not come up");
            }

            Thread.Sleep(50);
        }
    }

    private void Start(string daemon, params string[] arguments)
    {
        ProcessStartInfo start = new("/usr/sbin/" + daemon, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        daemons.Add(process);
    }

    private string Output(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_CONF"] = Configuration;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = errors.Result;
        return output;
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        listeners.ToList().ForEach(l => l.Start());
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        listeners.ToList().ForEach(l => l.Dispose());
        return ports;
    }
}
