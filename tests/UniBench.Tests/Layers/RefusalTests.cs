using NUnit.Framework;
using UniBench.Host;
using UniBench.Kvm;

namespace UniBench.Tests.Layers;

/// <summary>Whose fault a failed call is, and whose advice it comes with.</summary>
internal sealed class RefusalTests
{
    [Test]
    public void What_the_host_refuses_is_not_said_to_be_KVMs() =>
        Assert.That(() => HostThread.SetAffinity(new CpuMask(Enumerable.Empty<int>())), Throws.TypeOf<HostException>().With.Message.StartsWith("sched_setaffinity: EINVAL"));

    [Test]
    public void Only_KVM_counts_the_descriptors_of_a_VM()
    {
        Assert.That(new KvmException("KVM_CREATE_VM", Errno.EMFILE).Message, Does.Contain("every VM needs three descriptors").And.Contain("ulimit -n"));
        Assert.That(new HostException("pipe2", Errno.EMFILE).Message, Does.Contain("ulimit -n").And.Not.Contain("VM"));
    }

    [Test]
    public void Where_KVM_has_no_advice_of_its_own_the_hosts_holds() =>
        Assert.That(new KvmException("KVM_CREATE_VM", Errno.ENOMEM).Message, Is.EqualTo(new HostException("KVM_CREATE_VM", Errno.ENOMEM).Message).And.Contain("vm.max_map_count"));
}
