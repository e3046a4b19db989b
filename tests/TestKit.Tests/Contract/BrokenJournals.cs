using ActorFlow.Journal;

namespace ActorFlow.TestKit.Tests.Contract;

/// <summary>A journal that keeps the contract but for one thing; nothing outlives it.</summary>
/// <param name="create">Makes it around a sound one.</param>
/// <param name="keepsLiveValues">What it says about live values.</param>
/// <param name="isDurable">What it says about being opened again.</param>
internal sealed class Broken(
    Func<MemoryJournal, IJournal> create, bool keepsLiveValues = true, bool isDurable = false) : JournalUnderTest
{
    private readonly MemoryJournal _memory = new();

    public override bool IsDurable => isDurable;

    public override bool KeepsLiveValues => keepsLiveValues;

    // Everything is answered at once, or never.
    public override TimeSpan Patience => TimeSpan.Zero;

    public override int Histories => 20;

    public override ValueTask<IJournal> OpenAsync(CancellationToken cancellationToken) => new(create(_memory));
}

/// <summary>Some events of another append, which is told what this one is.</summary>
internal sealed class ChangedWrite(JournalWrite write, IReadOnlyList<JobEvent> events, long? expected = null)
    : JournalWrite
{
    public override JobId Job => write.Job;

    public override long ExpectedVersion => expected ?? write.ExpectedVersion;

    public override IReadOnlyList<JobEvent> Events => events;

    public override void Completed(Exception? error) => write.Completed(error);
}

/// <summary>Changes appends on their way.</summary>
internal sealed class ChangingAppends(IJournal inner, Action<IJournal, JournalWrite> append) : DelegatingJournal(inner)
{
    public override void Append(JournalWrite write) => append(Inner, write);
}

/// <summary>Changes what is read on its way.</summary>
internal sealed class ChangingReads(
    IJournal inner, Func<IJournal, JobId, long, ValueTask<IReadOnlyList<JobEvent>>> read) : DelegatingJournal(inner)
{
    public override ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken) => read(Inner, job, fromVersion);
}

/// <summary>Changes lists and lines on their way.</summary>
internal sealed class ChangingLists(IJournal inner, Func<IEnumerable<JournaledJob>, IEnumerable<JournaledJob>> change)
    : DelegatingJournal(inner)
{
    public override async ValueTask<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken) =>
        [.. change(await Inner.ListAsync(cancellationToken))];
}

/// <summary>Forgets in a way of its own.</summary>
internal sealed class ChangingForgets(IJournal inner, Func<IJournal, JobId, ValueTask<bool>> forget)
    : DelegatingJournal(inner)
{
    public override ValueTask<bool> ForgetAsync(JobId job, CancellationToken cancellationToken) => forget(Inner, job);
}

/// <summary>Hides jobs instead of forgetting them: their ids are never free again.</summary>
internal sealed class HidingJournal(IJournal inner) : DelegatingJournal(inner)
{
    private readonly HashSet<JobId> _hidden = [];

    public override async ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken)
    {
        var events = await Inner.ReadAsync(job, fromVersion, cancellationToken);
        return _hidden.Contains(job) ? [] : events;
    }

    public override async ValueTask<IReadOnlyList<JournaledJob>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await Inner.ListAsync(cancellationToken)).Where(line => !_hidden.Contains(line.Id))];

    public override async ValueTask<JournaledJob?> FindAsync(JobId job, CancellationToken cancellationToken) =>
        _hidden.Contains(job) ? null : await Inner.FindAsync(job, cancellationToken);

    public override async ValueTask<bool> ForgetAsync(JobId job, CancellationToken cancellationToken)
    {
        if (await FindAsync(job, cancellationToken) is not { } line) return false;
        if (line.Outcome is null) throw new JournalException("It has not ended.");
        lock (_hidden) return _hidden.Add(job);
    }
}

/// <summary>Reads hand out the list that appends go on to fill.</summary>
internal sealed class SharingJournal(IJournal inner) : DelegatingJournal(inner)
{
    private readonly Dictionary<JobId, List<JobEvent>> _shared = [];

    public override async ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken)
    {
        var events = await Inner.ReadAsync(job, fromVersion, cancellationToken);
        if (fromVersion > 1) return events;
        lock (_shared)
        {
            if (!_shared.TryGetValue(job, out var list)) _shared[job] = list = [];
            list.Clear();
            list.AddRange(events);
            return list;
        }
    }

    public override void Append(JournalWrite write)
    {
        var count = write.Events.Count;
        var events = write.Events.ToList();
        Inner.Append(write);
        lock (_shared)
            if (_shared.TryGetValue(write.Job, out var list)) list.AddRange(events.Take(count));
    }
}

/// <summary>Finds the version of a job in the write, and believes it ever after.</summary>
internal sealed class TrustingPlaces(IJournal inner) : DelegatingJournal(inner)
{
    public override void Append(JournalWrite write)
    {
        var place = write.Place as Remembered ?? new Remembered();
        var conflict = place.Version > 0 && place.Version != write.ExpectedVersion
            ? new JournalConflictException(write.Job, write.ExpectedVersion, place.Version)
            : null;
        if (conflict is not null)
        {
            write.Completed(conflict);
            return;
        }

        Inner.Append(new ChangedWrite(write, write.Events));
        place.Version = write.ExpectedVersion + write.Events.Count;
        write.Place = place;
    }

    private sealed class Remembered
    {
        public long Version { get; set; }
    }
}

/// <summary>Says that it is immediate, and is not.</summary>
internal sealed class HastyJournal(IJournal inner) : DelegatingJournal(inner), IJournal
{
    private readonly List<JournalWrite> _later = [];

    public bool IsImmediate => true;

    public override void Append(JournalWrite write) => _later.Add(write);

    public override ValueTask DisposeAsync()
    {
        foreach (var write in _later) Inner.Append(write);
        return base.DisposeAsync();
    }
}

/// <summary>Appends in two halves, and lets others read between them.</summary>
internal sealed class TearingJournal(IJournal inner) : DelegatingJournal(inner)
{
    private readonly object _gate = new();
    private int _reads;
    private bool _isClosed;

    public override void Append(JournalWrite write)
    {
        var half = write.Events.Count / 2;
        if (half == 0)
        {
            Inner.Append(write);
            return;
        }

        Inner.Append(new TrialWrite(write.Job).For(write.ExpectedVersion, [.. write.Events.Take(half)]));
        WaitForReads(2);
        Inner.Append(new ChangedWrite(write, [.. write.Events.Skip(half)], write.ExpectedVersion + half));
    }

    public override async ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken)
    {
        var events = await Inner.ReadAsync(job, fromVersion, cancellationToken);
        lock (_gate)
        {
            _reads++;
            Monitor.PulseAll(_gate);
        }

        return events;
    }

    public override ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }

        return base.DisposeAsync();
    }

    // The first of them may have begun before the first half.
    private void WaitForReads(int count)
    {
        lock (_gate)
        {
            var until = _reads + count;
            while (_reads < until && !_isClosed) Monitor.Wait(_gate);
        }
    }
}

/// <summary>A write that is told something else.</summary>
internal sealed class RetoldWrite(JournalWrite write, Func<Exception?, Exception?> change) : JournalWrite
{
    public override JobId Job => write.Job;

    public override long ExpectedVersion => write.ExpectedVersion;

    public override IReadOnlyList<JobEvent> Events => write.Events;

    public override void Completed(Exception? error) => write.Completed(change(error));
}

/// <summary>Cannot be disposed of a second time.</summary>
internal sealed class EndingOnceJournal(IJournal inner) : DelegatingJournal(inner)
{
    public bool HasEnded { get; private set; }

    public override ValueTask DisposeAsync()
    {
        ObjectDisposedException.ThrowIf(HasEnded, this);
        HasEnded = true;
        return base.DisposeAsync();
    }
}

/// <summary>Reads what the lists of the first writes hold now.</summary>
internal sealed class ListKeepingJournal(IJournal inner) : DelegatingJournal(inner)
{
    private readonly Dictionary<JobId, IReadOnlyList<JobEvent>> _kept = [];

    public override void Append(JournalWrite write)
    {
        if (write.ExpectedVersion == 0) _kept[write.Job] = write.Events;
        Inner.Append(write);
    }

    public override ValueTask<IReadOnlyList<JobEvent>> ReadAsync(
        JobId job, long fromVersion, CancellationToken cancellationToken) => new(_kept[job]);
}
