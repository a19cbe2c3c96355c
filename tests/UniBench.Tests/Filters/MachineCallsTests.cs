using NUnit.Framework;
using UniBench.Host;
using UniBench.Host.Filters;
using UniBench.Kvm;
using UniBench.Monitor.Machines;

namespace UniBench.Tests.Filters;

/// <summary>What threads of machines may call, by the filter's answers and by the kernel's.</summary>
[TestFixture]
internal sealed class MachineCallsTests
{
    private static readonly uint Self = (uint)Environment.ProcessId;
    private static readonly SystemCallFilter Filter = MachineCalls.Filter(KvmDevice.MachineRequests);

    [TestCase("ptrace", 101u)]
    [TestCase("mount", 165u)]
    [TestCase("umount2", 166u)]
    [TestCase("fsopen", 430u)]
    [TestCase("move_mount", 429u)]
    [TestCase("execve", 59u)]
    [TestCase("execveat", 322u)]
    [TestCase("fork", 57u)]
    [TestCase("vfork", 58u)]
    [TestCase("kill", 62u)]
    [TestCase("tkill", 200u)]
    [TestCase("socket", 41u)]
    [TestCase("connect", 42u)]
    [TestCase("bind", 49u)]
    [TestCase("open_by_handle_at", 304u)]
    [TestCase("bpf", 321u)]
    [TestCase("keyctl", 250u)]
    [TestCase("unshare", 272u)]
    [TestCase("setns", 308u)]
    [TestCase("init_module", 175u)]
    [TestCase("finit_module", 313u)]
    [TestCase("kexec_load", 246u)]
    [TestCase("reboot", 169u)]
    [TestCase("setuid", 105u)]
    [TestCase("chroot", 161u)]
    [TestCase("process_vm_writev", 311u)]
    [TestCase("pidfd_getfd", 438u)]
    [TestCase("io_uring_setup", 425u)]
    [TestCase("userfaultfd", 323u)]
    [TestCase("perf_event_open", 298u)]
    [TestCase("seccomp", 317u)]
    public void No_hypercall_needs_it(string name, uint number) =>
        Assert.That(Answer(number), Is.EqualTo(FilterProgram.Refuse | Errno.EPERM), name);

    [TestCase(16u, 1, 0xae80ul, 0x5412ul, TestName = "ioctl: KVM_RUN, but no TIOCSTI")]
    [TestCase(16u, 1, 0x5401ul, 0x8914ul, TestName = "ioctl: TCGETS, but no SIOCSIFFLAGS")]
    [TestCase(16u, 1, 0x541bul, 0x8901ul, TestName = "ioctl: FIONREAD, but no FIOSETOWN")]
    [TestCase(53u, 0, 1ul, 2ul, TestName = "socketpair: the Unix family, but no other")]
    [TestCase(72u, 1, 1030ul, 8ul, TestName = "fcntl: a duplicate, but no signals for its owner")]
    [TestCase(56u, 0, 0x3d0f00ul, 0x11ul, TestName = "clone: a thread, but no process")]
    [TestCase(259u, 2, 0x11a4ul, 0x21a4ul, TestName = "mknodat: a FIFO, but no device")]
    [TestCase(302u, 2, 0ul, 0x1000ul, TestName = "prlimit64: asking, but no setting")]
    [TestCase(157u, 0, 15ul, 22ul, TestName = "prctl: a name, but no filter")]
    [TestCase(54u, 1, 1ul, 41ul, TestName = "setsockopt: of the socket, but not of a protocol")]
    [TestCase(294u, 0, 0x80800ul, 0x80000ul, TestName = "inotify_init1: an instance that never blocks, but no other")]
    public void Of_a_call_it_needs_only_some_arguments(uint number, int argument, ulong good, ulong bad)
    {
        ulong[] arguments = new ulong[6];
        arguments[argument] = good;
        Assert.That(Answer(number, arguments), Is.EqualTo(FilterProgram.Allow));
        arguments[argument] = bad;
        Assert.That(Answer(number, arguments), Is.Not.EqualTo(FilterProgram.Allow));
    }

    [Test]
    public void Signals_reach_threads_of_this_process_and_sandboxed_processes_alone()
    {
        const uint TgKill = 234, QueueSignal = 297, ByReference = 424;
        Assert.Multiple(() =>
        {
            Assert.That(Answer(TgKill, Self, 1, 16), Is.EqualTo(FilterProgram.Allow));
            Assert.That(Answer(TgKill, 1, 1, 16), Is.Not.EqualTo(FilterProgram.Allow));
            Assert.That(Answer(QueueSignal, 1, 1, 16), Is.Not.EqualTo(FilterProgram.Allow));
            Assert.That(Answer(ByReference, 5, SandboxMachine.KickSignal), Is.EqualTo(FilterProgram.Allow));
            Assert.That(Answer(ByReference, 5, 9), Is.Not.EqualTo(FilterProgram.Allow));
        });
    }

    [Test]
    public void The_run_of_a_VM_is_looked_for_first() =>
        Assert.That(Filter.Program.Take(8).Last(), Is.EqualTo(new FilterInstruction(FilterInstruction.JumpIfEqual, 0, 1, 0xae80)));

    /// <summary>As the kernel has it: arguments are such that a call that gets through changes nothing.</summary>
    [Test]
    public void A_thread_behind_the_filter_is_refused_by_the_kernel()
    {
        const int Internet = 2, Stream = 1, NoFlags = 0, Nothing = 0;
        long[] refused = [], allowed = [];
        Thread thread = new(() =>
        {
            Filter.Install();
            refused =
            [
                HostCall.Invoke(LinuxCall.Kill, Environment.ProcessId, Nothing), HostCall.Invoke(LinuxCall.Socket, Internet, Stream), HostCall.Invoke(LinuxCall.Mount), HostCall.Invoke(LinuxCall.Ptrace, -1),
                HostCall.Invoke(LinuxCall.Unshare, NoFlags),
            ];
            allowed = [HostCall.Invoke(LinuxCall.Getpid)];
        });
        thread.Start();
        thread.Join();
        Assert.Multiple(() =>
        {
            Assert.That(refused, Has.Length.EqualTo(5).And.All.EqualTo(-Errno.EPERM));
            Assert.That(allowed, Is.EqualTo(new long[] { Environment.ProcessId }));
            Assert.That(HostCall.Invoke(LinuxCall.Unshare, NoFlags), Is.Zero, "other threads are not behind it");
        });
    }

    private static uint Answer(uint number, params ulong[] arguments) => FilterRun.Answer(Filter.Program, number, arguments);
}
