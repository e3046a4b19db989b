using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests;

/// <summary>Our journals keep the contract that every journal keeps.</summary>
public abstract class JournalContractTests
{
    public static TheoryData<string> Rules => new(JournalContract.Rules.Select(rule => rule.Name));

    /// <summary>A journal under test in a new place.</summary>
    protected abstract JournalUnderTest Create();

    [Theory]
    [MemberData(nameof(Rules))]
    public Task The_journal_keeps_the_rule(string rule) =>
        JournalContract.Rules.Single(each => each.Name == rule).CheckAsync(Create);
}

/// <summary>The contract, in memory.</summary>
public sealed class MemoryJournalTests : JournalContractTests
{
    protected override JournalUnderTest Create() => new InMemory();

    private sealed class InMemory : JournalUnderTest
    {
        public override bool IsDurable => false;

        public override bool KeepsLiveValues => true;

        public override int Histories => 300;

        public override ValueTask<IJournal> OpenAsync(CancellationToken cancellationToken) => new(new MemoryJournal());
    }
}

/// <summary>The contract, in files on a simulated disk.</summary>
public sealed class FileJournalTests : JournalContractTests
{
    protected override JournalUnderTest Create() => new OnSimulatedDisk();
}

/// <summary>The contract, with a new segment for every few records.</summary>
public sealed class SmallSegmentTests : JournalContractTests
{
    protected override JournalUnderTest Create() => new OnSimulatedDisk { SegmentBytes = 1000 };
}

/// <summary>The contract, acknowledged before the sync.</summary>
public sealed class RelaxedJournalTests : JournalContractTests
{
    protected override JournalUnderTest Create() =>
        new OnSimulatedDisk { Durability = Durability.SyncEvery(TimeSpan.FromMinutes(1)) };
}

/// <summary>The contract, in files on the disk of this machine.</summary>
public sealed class PhysicalFileJournalTests : JournalContractTests
{
    protected override JournalUnderTest Create() => new OnThisMachine();

    private sealed class OnThisMachine : JournalUnderTest
    {
        private readonly TemporaryDirectory _directory = new();

        // Each sync takes its time.
        public override int Histories => 10;

        public override ValueTask<IJournal> OpenAsync(CancellationToken cancellationToken) =>
            new(FileJournal.Open(new FileJournalOptions { Directory = _directory.Path("journal"), Retention = null }));

        public override ValueTask DisposeAsync()
        {
            _directory.Dispose();
            return base.DisposeAsync();
        }
    }
}

/// <summary>An embedded journal on a simulated disk of its own, with the thread pool.</summary>
internal sealed class OnSimulatedDisk : JournalUnderTest
{
    private readonly SimulatedDisk _disk = new();

    public int SegmentBytes { get; init; } = 64 * 1024 * 1024;

    public Durability Durability { get; init; } = Durability.SyncEveryAppend;

    public override int Histories => 100;

    public override ValueTask<IJournal> OpenAsync(CancellationToken cancellationToken) =>
        new(FileJournal.Open(new FileJournalOptions
        {
            Directory = TestJournal.Directory,
            Disk = _disk,
            SegmentBytes = SegmentBytes,
            Durability = Durability,
            Retention = null,
        }));
}
