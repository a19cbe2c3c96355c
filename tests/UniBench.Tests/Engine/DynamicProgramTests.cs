using NUnit.Framework;
using UniBench.Monitor;
using UniBench.Tests.Conformance;
using UniBench.Workloads;

namespace UniBench.Tests.Engine;

/// <summary>Programs of the system that are linked with shared libraries, unmodified.</summary>
[TestFixture(EngineRun.Kvm)]
[TestFixture(EngineRun.Sandbox)]
internal sealed class DynamicProgramTests(string machine)
{
    [OneTimeSetUp]
    public void Use_the_machine() => EngineRun.Use(machine);

    [TestCase("/bin/ls", "-d", "/bin", "/etc")]
    [TestCase("/bin/dash", "-c", "for i in 1 2 3; do /bin/echo $i | /usr/bin/tr 1-3 a-c; done; (exit 3); echo $?")]
    [TestCase("/bin/bash", "-c", "seq 1 1000 | sort -rn | head -n 2; cat <(echo sub); echo ${PIPESTATUS[@]}")]
    [TestCase("/usr/bin/perl", "-e", "print `echo sub`; my $p = fork; exit 3 unless $p; waitpid $p, 0; print $? >> 8, \"\\n\"; open my $f, '-|', 'seq 3'; print <$f>;")]
    [TestCase("/usr/bin/python3", "-c", "import subprocess, os; print(subprocess.run('seq 5 | wc -l; exit 4', shell=True, capture_output=True)); r, w = os.pipe(); os.fork() or (os.write(w, b'child'), os._exit(0)); print(os.read(r, 9)); print(os.wait()[1])")]
    public void A_dynamically_linked_program_prints_what_it_prints_on_Linux(string program, params string[] arguments)
    {
        Require.Programs(program);
        using FreshDirectory directory = new();
        const string SearchPath = "PATH=/usr/bin:/bin";
        Observation expected = LinuxRun.RunIn(directory.Path, "/usr/bin/env", ["-i", SearchPath, program, .. arguments]);
        Observation actual = UnikernelRun.Run(
            EngineRun.Host,
            new FamilySpec
            {
                Stages = [new ProcessSpec(program, [program, .. arguments])],
                Environment = [SearchPath],
                Mounts = [new Mount("/", "/", false), new Mount(directory.Path, directory.Path, true)],
                WorkingDirectory = directory.Path,
            });
        Assert.That(actual.Agrees(expected), $"=== Linux: {expected}\n=== unikernel: {actual}");
    }

    [Test]
    public void System_calls_of_a_mapped_library_take_the_fast_way()
    {
        const string Python = "/usr/bin/python3";
        Require.Programs(Python);
        EngineOutput run = EngineRun.Run(
            [new ProcessSpec(Python, [Python, "-c", "import os\nfor i in range(1000): os.getppid()\nprint(open('/proc/self/maps').read().count('[stack]'))"])],
            s => s with { Mounts = [new Mount("/", "/", false)] });
        Assert.That(run.Stdout, Is.EqualTo("1\n"));
        Assert.That(run.Result.Counters["syscalls.getppid"], Is.EqualTo(1000));
    }

    [Test]
    public void Without_its_libraries_the_error_says_what_to_grant()
    {
        EngineException error = Assert.Throws<EngineException>(() => EngineRun.Run([new ProcessSpec("/bin/ls", ["ls"])]))!;
        Assert.That(error.Message, Does.Contain("/bin/ls").And.Contain("dynamically linked").And.Contain("--root /"));
    }

    [Test]
    public void A_thread_is_refused_and_named()
    {
        const string Python = "/usr/bin/python3";
        Require.Programs(Python);
        EngineOutput run = EngineRun.Run(
            [new ProcessSpec(Python, [Python, "-c", "import threading\ntry: threading.Thread(target=print).start()\nexcept RuntimeError as e: print(e)"])],
            s => s with { Mounts = [new Mount("/", "/", false)] });
        Assert.That(run.Stdout, Is.EqualTo("can't start new thread\n"));
        Assert.That(run.Result.LimitsHit, Has.One.Contains("threads: python3"));
        Assert.That(run.Result.UnsupportedCalls.Keys, Does.Contain("clone").Or.Contain("clone3"));
    }
}
