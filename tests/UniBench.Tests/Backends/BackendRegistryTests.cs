using NUnit.Framework;
using UniBench.Backends;
using UniBench.Workloads;

namespace UniBench.Tests.Backends;

internal sealed class BackendRegistryTests
{
    [Test]
    public void Every_name_makes_a_backend_of_that_name()
    {
        foreach (string name in BackendRegistry.Names)
        {
            using IBackend backend = BackendRegistry.Create(name);
            Assert.That(backend.Name, Is.EqualTo(name));
        }
    }

    [Test]
    public void An_unknown_name_is_answered_with_the_known_ones() => Assert.That(
        () => BackendRegistry.Create("docker"),
        Throws.TypeOf<LaunchException>().With.Message.EqualTo("no backend is called 'docker': unikernel, sandbox, process, container, vm, vm-tcg"));
}
