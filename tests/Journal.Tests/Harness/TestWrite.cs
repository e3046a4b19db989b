namespace ActorFlow.Journal.Tests;

/// <summary>An append that remembers what it was told.</summary>
internal sealed class TestWrite(JobId job, long expectedVersion, IReadOnlyList<JobEvent> events) : JournalWrite
{
    private readonly TaskCompletionSource<Exception?> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override JobId Job => job;

    public override long ExpectedVersion => expectedVersion;

    public override IReadOnlyList<JobEvent> Events => events;

    /// <summary>Ends with what it was told: null if the events are durable.</summary>
    public Task<Exception?> Told => _told.Task;

    /// <summary>Whether it was told that its events are durable.</summary>
    public bool IsAcknowledged => Told.IsCompletedSuccessfully && Told.Result is null;

    public override void Completed(Exception? error) => _told.SetResult(error);
}

/// <summary>Appends in a word.</summary>
internal static class Appending
{
    /// <summary>Appends, and hands out the write.</summary>
    public static TestWrite Begin(this IJournal journal, JobId job, long expected, params JobEvent[] events)
    {
        var write = new TestWrite(job, expected, events);
        journal.Append(write);
        return write;
    }

    /// <summary>Appends, waits and throws what went wrong.</summary>
    public static async Task AppendAsync(this IJournal journal, JobId job, long expected, params JobEvent[] events)
    {
        if (await journal.Begin(job, expected, events).Told is { } error) throw error;
    }

    /// <summary>Appends what a whole job may have been: submitted, one task run, ended.</summary>
    public static async Task RunWholeAsync(this IJournal journal, JobId job, int second = 0)
    {
        await journal.AppendAsync(job, 0, Facts.Submitted(job, second), Facts.Started(second));
        await journal.AppendAsync(job, 2, Facts.Succeeded(second + 1), Facts.Ended(second + 1));
    }

    /// <summary>The events of a job as text.</summary>
    public static async Task<string[]> TextsAsync(this IJournal journal, JobId job, long from = 1) =>
        [.. (await journal.ReadAsync(job, from, CancellationToken.None)).Select(EventText.Of)];

    /// <summary>The ids of all jobs in order.</summary>
    public static async Task<string[]> IdsAsync(this IJournal journal) =>
        [.. (await journal.ListAsync(CancellationToken.None)).Select(job => job.Id.Value)];
}
