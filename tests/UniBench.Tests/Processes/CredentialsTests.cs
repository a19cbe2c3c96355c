using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Processes;

namespace UniBench.Tests.Processes;

/// <summary>credentials(7) and capabilities(7), sentence by sentence.</summary>
[TestFixture]
internal sealed class CredentialsTests
{
    private const uint Keep = uint.MaxValue, A = 1000, B = 1001, C = 1002;
    private const uint SetUserMode = 0x9ed, SetGroupMode = 0x5ed, Plain = 0x1ed; // 04755, 02755, 0755
    private const int SetKeep = 8, DropBounding = 24, ReadBounding = 23, SetSecureBits = 28, GetSecureBits = 27, NoNewPrivileges = 38, AmbientSet = 47, SetDumpable = 4, GetDumpable = 3;
    private const ulong Raise = 2, IsRaised = 1, ClearAll = 4, One = 1UL << Capability.Kill;
    private static readonly Credentials Root = Users.Of(0), Other = Users.Of(A);

    [Test]
    public void Roots_setuid_is_for_good_and_takes_all_capabilities()
    {
        Credentials next = Done(Root.SetUser(A));
        Assert.That((next.Users, next.Permitted, next.Effective, next.Ambient), Is.EqualTo((IdSet.Of(A), 0UL, 0UL, 0UL)));
        Assert.That((next.SetUser(0).Result, next.SetUser(B).Result, next.SetUser(A).Result), Is.EqualTo((-Errno.EPERM, -Errno.EPERM, 0L)));
    }

    [Test]
    public void Setuid_of_others_changes_the_effective_user_between_real_and_saved_alone()
    {
        Credentials three = Other with { Users = new IdSet(A, B, C, B) };
        Assert.That(Done(three.SetUser(C)).Users, Is.EqualTo(new IdSet(A, C, C, C)));
        Assert.That(three.SetUser(B).Result, Is.EqualTo(-Errno.EPERM), "the effective one is neither");
    }

    [Test]
    public void An_effective_user_that_leaves_root_takes_effective_capabilities_with_it_and_brings_them_back()
    {
        Credentials away = Done(Root.SetUsers(Keep, A, Keep));
        Assert.That((away.Effective, away.Permitted), Is.EqualTo((0UL, Capability.All)));
        Assert.That(Done(away.SetUsers(Keep, 0, Keep)).Effective, Is.EqualTo(Capability.All));
    }

    [Test]
    public void A_file_user_that_leaves_root_takes_the_capabilities_on_files_alone()
    {
        Credentials away = Done(Root.SetFileUser(A), 0);
        Assert.That(away.Effective, Is.EqualTo(Capability.All & ~Capability.OfFiles));
        Assert.That(Done(away.SetFileUser(0), A).Effective, Is.EqualTo(Capability.All));
        Assert.That(Other.SetFileUser(B), Is.EqualTo((Other, (long)A)), "refused without an error");
    }

    [TestCase(B, Keep, B, A, A, TestName = "setreuid of the real user saves the effective one")]
    [TestCase(Keep, B, A, B, B, TestName = "an effective user that is not the real one is saved")]
    [TestCase(Keep, A, A, A, C, TestName = "an effective user that is the real one is not")]
    public void Setreuid_saves(uint real, uint effective, uint realAfter, uint effectiveAfter, uint savedAfter)
    {
        Credentials might = Root with { Users = new IdSet(A, A, C, A) };
        Assert.That(Done(might.SetUsers(real, effective)).Users, Is.EqualTo(new IdSet(realAfter, effectiveAfter, savedAfter, effectiveAfter)));
    }

    [Test]
    public void Without_the_capability_setresuid_takes_what_is_there_in_any_order_and_nothing_else()
    {
        Credentials three = Other with { Users = new IdSet(A, B, C, B) };
        Assert.That(Done(three.SetUsers(C, A, B)).Users, Is.EqualTo(new IdSet(C, A, B, A)));
        Assert.That((three.SetUsers(77, Keep, Keep).Result, three.SetUsers(Keep, 77, Keep).Result, three.SetUsers(Keep, Keep, 77).Result), Is.EqualTo((-Errno.EPERM, -Errno.EPERM, -Errno.EPERM)));
    }

    [Test]
    public void A_setresuid_that_changes_nothing_leaves_the_file_user()
    {
        Credentials away = Done(Root.SetFileUser(A), 0);
        Assert.That(Done(away.SetUsers(Keep, Keep, Keep)).Users.File, Is.EqualTo(A));
        Assert.That(Done(away.SetUsers(Keep, 0, Keep)).Users.File, Is.Zero);
    }

    [Test]
    public void Keepcaps_keeps_permitted_and_effective_but_an_effective_user_loses_the_latter()
    {
        Credentials keeping = Done(Root.Control(SetKeep, 1, 0, true));
        Credentials next = Done(keeping.SetUsers(A, A, A));
        Assert.That((next.Permitted, next.Effective), Is.EqualTo((Capability.All, 0UL)));
        Assert.That(next.Execute(Plain, 0, 0, true, out _).SecureBits, Is.Zero, "and exec forgets it");
    }

    [Test]
    public void Without_fixup_users_change_and_capabilities_stay()
    {
        Credentials strict = Done(Root.Control(SetSecureBits, 4, 0, true));
        Assert.That(Done(strict.SetUser(A)).Effective, Is.EqualTo(Capability.All));
    }

    [Test]
    public void Secure_bits_that_are_locked_stay()
    {
        Credentials locked = Done(Root.Control(SetSecureBits, 0x30, 0, true)); // KEEP_CAPS and its lock
        Assert.That((locked.Control(SetSecureBits, 0, 0, true).Result, locked.Control(SetKeep, 0, 0, true).Result), Is.EqualTo((-Errno.EPERM, -Errno.EPERM)));
        Assert.That((Root.Control(SetSecureBits, 0x100, 0, true).Result, Other.Control(SetSecureBits, 1, 0, true).Result, locked.Control(GetSecureBits, 0, 0, true).Result), Is.EqualTo((-Errno.EPERM, -Errno.EPERM, 0x30L)));
    }

    [Test]
    public void Groups_need_the_capability_and_come_sorted()
    {
        Assert.That(Done(Root.SetMoreGroups([7, 3, 5])).MoreGroups, Is.EqualTo(new uint[] { 3, 5, 7 }));
        Assert.That((Other.SetMoreGroups([]).Result, Root.SetMoreGroups([Keep]).Result), Is.EqualTo((-Errno.EPERM, -Errno.EINVAL)));
    }

    [Test]
    public void Capset_gives_no_more_than_there_is()
    {
        Credentials few = Done(Root.SetCapabilities(0, One, One));
        Assert.That((few.Effective, few.Permitted, few.Inheritable), Is.EqualTo((0UL, One, One)));
        Assert.That(few.SetCapabilities(0, One | 1, One).Result, Is.EqualTo(-Errno.EPERM), "permitted");
        Assert.That(few.SetCapabilities(One | 1, One, One).Result, Is.EqualTo(-Errno.EPERM), "effective");
        Assert.That(few.SetCapabilities(0, One, One | 1).Result, Is.EqualTo(-Errno.EPERM), "inheritable without SETPCAP");
        Assert.That(Done(Root.Control(DropBounding, 0, 0, true)).SetCapabilities(0, 0, 1).Result, Is.EqualTo(-Errno.EPERM), "inheritable beyond the bounding set");
    }

    [Test]
    public void Of_the_bounding_set_one_falls_at_a_time_and_exec_gives_root_the_rest()
    {
        Credentials next = Done(Root.Control(DropBounding, Capability.Kill, 0, true));
        Assert.That((next.Control(ReadBounding, Capability.Kill, 0, true).Result, next.Control(ReadBounding, 0, 0, true).Result), Is.EqualTo((0L, 1L)));
        Assert.That((next.Control(ReadBounding, 41, 0, true).Result, Other.Control(DropBounding, 0, 0, true).Result), Is.EqualTo((-Errno.EINVAL, -Errno.EPERM)));
        Assert.That(next.Permitted, Is.EqualTo(Capability.All));
        Assert.That(next.Execute(Plain, 0, 0, true, out _).Permitted, Is.EqualTo(Capability.All & ~One));
    }

    [Test]
    public void An_ambient_capability_survives_exec_and_goes_with_the_users_change()
    {
        Credentials ready = Done(Root.SetCapabilities(Capability.All, Capability.All, One));
        Assert.That(Root.Control(AmbientSet, Raise, Capability.Kill, true).Result, Is.EqualTo(-Errno.EPERM), "it is not inheritable");
        Credentials raised = Done(ready.Control(AmbientSet, Raise, Capability.Kill, true));
        Credentials user = (raised with { Users = IdSet.Of(A), Permitted = One, Effective = 0 }).Execute(Plain, 0, 0, true, out bool secure);
        Assert.That((user.Permitted, user.Effective, user.Ambient, secure), Is.EqualTo((One, One, One, false)));
        Assert.That(Done(raised.SetUser(A)).Ambient, Is.Zero);
        Assert.That((raised.Control(AmbientSet, IsRaised, Capability.Kill, true).Result, Done(raised.Control(AmbientSet, ClearAll, 0, true)).Ambient), Is.EqualTo((1L, 0UL)));
        Assert.That(Done(raised.SetCapabilities(Capability.All, Capability.All, 0)).Ambient, Is.Zero, "no more inheritable");
    }

    [Test]
    public void A_set_user_ID_program_of_root_gives_root_and_says_so()
    {
        Credentials next = Other.Execute(SetUserMode, 0, 0, true, out bool secure);
        Assert.That((next.Users, next.Effective, next.Permitted, secure), Is.EqualTo((new IdSet(A, 0, 0, 0), Capability.All, Capability.All, true)));
        Assert.That(next.Dumpable, Is.Not.EqualTo(1));
    }

    [Test]
    public void A_set_user_ID_program_of_another_user_takes_roots_capabilities()
    {
        Credentials next = Root.Execute(SetUserMode, A, 0, true, out bool secure);
        Assert.That((next.Users, next.Effective, secure), Is.EqualTo((new IdSet(0, A, A, A), 0UL, true)));
        Assert.That(next.Permitted, Is.EqualTo(Capability.All), "the real user is root");
    }

    [Test]
    public void A_set_group_ID_bit_counts_together_with_the_groups_x()
    {
        Assert.That(Other.Execute(SetGroupMode, 0, B, true, out _).Groups, Is.EqualTo(new IdSet(A, B, B, B)));
        Assert.That(Other.Execute(SetGroupMode & ~8u, 0, B, true, out _).Groups, Is.EqualTo(IdSet.Of(A)));
    }

    [Test]
    public void Without_new_privileges_set_ID_bits_do_nothing_for_this_and_all_later_programs()
    {
        Credentials bound = Done(Other.Control(NoNewPrivileges, 1, 0, true));
        Credentials next = bound.Execute(SetUserMode, 0, 0, true, out bool secure);
        Assert.That((next.Users, next.Permitted, secure, next.NoNewPrivileges), Is.EqualTo((IdSet.Of(A), 0UL, false, true)));
        Assert.That((bound.Control(NoNewPrivileges, 0, 0, true).Result, Root.Control(NoNewPrivileges, 1, 1, true).Result), Is.EqualTo((-Errno.EINVAL, -Errno.EINVAL)));
    }

    [Test]
    public void Roots_programs_have_no_capabilities_where_root_is_nobody_special()
    {
        Credentials strict = Done(Root.Control(SetSecureBits, 1, 0, true)); // NOROOT
        Assert.That(strict.Execute(Plain, 0, 0, true, out _).Permitted, Is.Zero);
    }

    [Test]
    public void Who_becomes_another_is_not_dumped_until_the_next_program()
    {
        Credentials next = Done(Root.SetUser(A));
        Assert.That(next.Control(GetDumpable, 0, 0, true).Result, Is.Not.EqualTo(1));
        Assert.That((Done(next.Control(SetDumpable, 1, 0, true)).Dumpable, next.Execute(Plain, 0, 0, true, out _).Dumpable), Is.EqualTo((1, 1)));
        Assert.That(next.Execute(Plain, 0, 0, isReadable: false, out _).Dumpable, Is.Not.EqualTo(1), "a program that may only be executed");
        Assert.That(Root.Control(SetDumpable, 2, 0, true).Result, Is.EqualTo(-Errno.EINVAL));
    }

    [TestCase(A, A, B, B, false)]
    [TestCase(A, A, A, B, true, TestName = "the target's real user")]
    [TestCase(B, B, A, B, true, TestName = "the target's saved user")]
    [TestCase(A, B, C, B, true, TestName = "the effective user is the target's saved one")]
    public void Signals_go_to_processes_of_the_same_user(uint real, uint effective, uint targetReal, uint targetSaved, bool may)
    {
        Credentials sender = Other with { Users = new IdSet(real, effective, C, effective) }, target = Other with { Users = new IdSet(targetReal, 77, targetSaved, 77) };
        Assert.That((sender.MaySignal(target), Root.MaySignal(target)), Is.EqualTo((may, true)));
    }

    [Test]
    public void Its_lines_of_proc_are_Linuxs()
    {
        Credentials three = Done(Root.SetMoreGroups([3, 5])) with { Users = new IdSet(A, B, C, B) };
        Assert.That(three.UserLines() + three.GroupsLine(), Is.EqualTo("Uid:\t1000\t1001\t1002\t1001\nGid:\t0\t0\t0\t0\nGroups:\t3 5 \n"));
        Assert.That(Other.CapabilityLines(), Is.EqualTo(
            "CapInh:\t0000000000000000\nCapPrm:\t0000000000000000\nCapEff:\t0000000000000000\nCapBnd:\t000001ffffffffff\nCapAmb:\t0000000000000000\nNoNewPrivs:\t0\n"));
    }

    private static Credentials Done((Credentials Next, long Result) change, long expected = 0)
    {
        Assert.That(change.Result, Is.EqualTo(expected));
        return change.Next;
    }

    [Test]
    public void A_process_is_looked_into_by_its_user_unless_it_is_not_dumpable_or_may_do_more()
    {
        Credentials user = new() { Users = new IdSet(5, 5, 5, 5), Groups = new IdSet(6, 6, 6, 6) }, tracer = user with { Effective = 1UL << Capability.SysPtrace };
        Assert.That(user.MayInspect(user), Is.True);
        foreach (Credentials other in (Credentials[])[user with { Dumpable = 0 }, user with { Permitted = 1 }, user with { Users = new IdSet(5, 5, 0, 5) }, user with { Groups = new IdSet(0, 6, 6, 6) }])
        {
            Assert.That((user.MayInspect(other), tracer.MayInspect(other)), Is.EqualTo((false, true)), other.ToString());
        }
    }
}
