using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>A journal while a rule is checked on it: what can be asked of it, in a word, and never for ever.</summary>
internal sealed class Trial
{
    private readonly Dictionary<JobId, TrialWrite> _writes = [];
    private IJournal? _journal;

    private Trial(Func<JournalUnderTest> create, CancellationToken cancellation)
    {
        Create = create;
        Subject = create();
        Cancellation = cancellation;
    }

    /// <summary>Makes other journals like this one.</summary>
    public Func<JournalUnderTest> Create { get; }

    public JournalUnderTest Subject { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The journal itself.</summary>
    public IJournal Journal => _journal ?? throw new InvalidOperationException("The journal is not open.");

    /// <summary>Opens a new journal, does something with it, and cleans up.</summary>
    /// <returns>How the journal broke a rule; null if it did not.</returns>
    public static async Task<RuleBrokenException?> FindBreachAsync(
        Func<JournalUnderTest> create, Func<Trial, Task> check, CancellationToken cancellation)
    {
        var trial = new Trial(create, cancellation);
        await using var place = trial.Subject;
        try
        {
            return await BreachAsync(async () =>
            {
                await trial.OpenAsync();
                await check(trial);
            }) ?? await BreachAsync(trial.CloseAsync);
        }
        finally
        {
            // What goes wrong after the first fault, follows from it.
            await BreachAsync(trial.CloseAsync);
        }
    }

    /// <summary>Closes the journal, and opens it again where it was.</summary>
    public async Task ReopenAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    public async Task OpenAsync()
    {
        _writes.Clear();
        _journal = await CallAsync("opening the journal", () => Subject.OpenAsync(Cancellation));
    }

    public async Task CloseAsync()
    {
        if (_journal is not { } journal) return;
        _journal = null;
        await CloseAsync(journal);
    }

    /// <summary>Disposes of a journal.</summary>
    public Task CloseAsync(IJournal journal) => CallAsync("disposing of the journal", async () =>
    {
        await journal.DisposeAsync();
        return true;
    }, CancellationToken.None);

    /// <summary>The write of a job that is used again and again while the journal is open.</summary>
    public TrialWrite WriteOf(JobId job)
    {
        if (!_writes.TryGetValue(job, out var write)) _writes.Add(job, write = new TrialWrite(job));
        return write;
    }

    /// <summary>Appends, and hands out the write.</summary>
    public TrialWrite Begin(JobId job, long expected, params JobEvent[] events) =>
        Begin(new TrialWrite(job).For(expected, events));

    /// <summary>Appends.</summary>
    public TrialWrite Begin(TrialWrite write)
    {
        try
        {
            Journal.Append(write);
        }
        catch (Exception e)
        {
            write.Refuse(e);
        }

        return write;
    }

    /// <summary>Waits for what a write is told: null if its events are durable.</summary>
    public Task<Exception?> ToldAsync(TrialWrite write) =>
        CallAsync($"that {write} is told what came of it", () => new ValueTask<Exception?>(write.Told));

    /// <summary>Appends, and waits for what came of it.</summary>
    public Task<Exception?> TryAppendAsync(JobId job, long expected, params JobEvent[] events) =>
        ToldAsync(Begin(job, expected, events));

    /// <summary>Appends, which must succeed.</summary>
    public Task AppendAsync(JobId job, long expected, params JobEvent[] events) =>
        AppendAsync(new TrialWrite(job).For(expected, events));

    /// <summary>Appends, which must succeed.</summary>
    public async Task AppendAsync(TrialWrite write)
    {
        if (await ToldAsync(Begin(write)) is { } error)
            throw new RuleBrokenException($"{write} to succeed.", JournalText.Of(error), error);
    }

    /// <summary>Appends what a whole job may have been, in two appends of two events.</summary>
    public async Task RunWholeAsync(JobId job, int second = 0)
    {
        await AppendAsync(job, 0, Examples.Submitted(job, second), Examples.Started(second));
        await AppendAsync(job, 2, Examples.Succeeded(second + 1), Examples.Ended(second + 1));
    }

    public Task<IReadOnlyList<JobEvent>> ReadAsync(JobId job, long from = 1) => CallAsync(
        $"reading job '{job}' from version {from} on", () => Journal.ReadAsync(job, from, Cancellation));

    public Task<IReadOnlyList<JournaledJob>> ListAsync() =>
        CallAsync("listing the jobs", () => Journal.ListAsync(Cancellation));

    public Task<JournaledJob?> FindAsync(JobId job) =>
        CallAsync($"finding job '{job}'", () => Journal.FindAsync(job, Cancellation));

    public Task<bool> ForgetAsync(JobId job) =>
        CallAsync($"forgetting job '{job}'", () => Journal.ForgetAsync(job, Cancellation));

    private Task<T> CallAsync<T>(string what, Func<ValueTask<T>> call) => CallAsync(what, call, Cancellation);

    private async Task<T> CallAsync<T>(string what, Func<ValueTask<T>> call, CancellationToken cancellation)
    {
        Task<T>? answer = null;
        try
        {
            answer = call().AsTask();
            return await answer.WaitAsync(Subject.Patience, cancellation);
        }
        catch (TimeoutException e) when (answer is { IsCompleted: false })
        {
            throw new RuleBrokenException(
                $"{what}.", $"nothing, within {Subject.Patience.TotalSeconds} seconds.", e)
            {
                IsSilence = true,
            };
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            throw new RuleBrokenException($"{what} without an exception.", JournalText.Of(e), e);
        }
    }

    private static async Task<RuleBrokenException?> BreachAsync(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (RuleBrokenException e)
        {
            return e;
        }
    }
}
