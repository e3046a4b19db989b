using System.Collections.Concurrent;
using System.Diagnostics;
using ActorFlow.Journal;

namespace ActorFlow.Campaign;

/// <summary>
/// One engine on a real disk that is given jobs of all kinds for as long as is wanted, each checked to its end.
/// </summary>
/// <param name="options">How long, and how hard.</param>
/// <param name="root">An empty directory.</param>
/// <param name="tell">Takes a line about each measurement.</param>
internal sealed class SoakRun(SoakOptions options, string root, Action<string> tell) : IDisposable
{
    /// <summary>No job takes longer than a moment; one that has not ended by then never will.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly SoakShape[] _shapes =
    [
        .. PlainShapes.All().Concat(new SteeredShapes().All())
            .SelectMany(shape => Enumerable.Repeat(shape, shape.Weight)),
    ];

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Random _random = new(1);
    private readonly ErrorLog _log = new();
    private readonly Witness _witness = new();
    private readonly SemaphoreSlim _room = new(options.MostOpen);
    private readonly ConcurrentDictionary<int, string> _open = [];
    private readonly ConcurrentQueue<string> _failures = [];
    private readonly CancellationTokenSource _over = new();
    private readonly List<Measurement> _measurements = [];
    private long _begun;
    private int _ended;

    private string JournalDirectory => Path.Combine(root, "journal");

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    private FileJournalOptions JournalOptions => new()
    {
        Directory = JournalDirectory,
        SegmentBytes = options.SegmentBytes,
        Retention = options.Retention,
    };

    /// <summary>What was measured, in order.</summary>
    public IReadOnlyList<Measurement> Measurements => _measurements;

    /// <summary>How many jobs have ended, as they had to.</summary>
    public int Ended => _ended;

    /// <summary>Submits jobs until it is enough, waits for the end of all, closes, and looks at what is left.</summary>
    /// <exception cref="CampaignException">A job did not end as it had to, or something else went wrong.</exception>
    public async Task RunAsync()
    {
        _begun = Stopwatch.GetTimestamp();
        var journal = FileJournal.Open(JournalOptions);
        await using (var engine = ActorFlowEngine.Create(EngineOptions(journal)))
        {
            var measuring = MeasureAsync();
            await SubmitAsync(engine, journal);
            await DrainAsync();
            await _over.CancelAsync();
            await measuring;
            Measure();
            NothingWentWrong(engine);
        }

        await NothingIsLeftAsync();
    }

    private ActorFlowOptions EngineOptions(FileJournal journal) => new()
    {
        DataDirectory = root,
        Journal = journal,
        CompactionInterval = options.CompactionInterval,
        WatchdogInterval = TimeSpan.FromSeconds(5),
        LoggerFactory = _log,
        Observers = { _witness },
    };

    private async Task SubmitAsync(ActorFlowEngine engine, FileJournal journal)
    {
        for (var number = 0; number < options.Jobs && _failures.IsEmpty; number++)
        {
            if (options.Duration is { } duration && Elapsed >= duration) return;
            if (options.Rate is { } rate && TimeSpan.FromSeconds(number / rate) - Elapsed is var early
                && early > TimeSpan.Zero)
                await Task.Delay(early, _time);
            await _room.WaitAsync();
            var shape = _shapes[_random.Next(_shapes.Length)];
            _open[number] = shape.Name;
            _ = LiveAsync(shape, new SoakJob(engine, journal, _witness, number));
        }
    }

    private async Task LiveAsync(SoakShape shape, SoakJob job)
    {
        await Task.Yield();
        try
        {
            await shape.LiveAsync(job);
            Interlocked.Increment(ref _ended);
        }
        catch (Exception e)
        {
            _failures.Enqueue($"A job of kind '{shape.Name}' went wrong: {e}");
        }

        _open.TryRemove(job.Number, out _);
        _room.Release();
    }

    private async Task DrainAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            for (var i = 0; i < options.MostOpen; i++) await _room.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new CampaignException(
                $"These jobs do not end: {string.Join(", ", _open.Select(job => $"{job.Key} ({job.Value})"))}."
                + string.Concat(_failures.Select(failure => $"\n{failure}")));
        }
    }

    private async Task MeasureAsync()
    {
        using var timer = new PeriodicTimer(options.Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token)) Measure();
        }
        catch (OperationCanceledException)
        {
            // All jobs have ended.
        }
    }

    private void Measure()
    {
        var measured = Measurement.Take(Elapsed, _ended, _open.Count, JournalDirectory);
        _measurements.Add(measured);
        tell(measured.ToString());
    }

    private void NothingWentWrong(ActorFlowEngine engine)
    {
        var wrong = _failures.Concat(_log.Errors.Select(error => $"An error was logged: {error}"))
            .Concat(_witness.Unexpected.Select(job => $"The end of {job} was told too often."))
            .Concat(engine.StalledJobs.Select(job => $"{job} is stuck.")).ToList();
        if (wrong.Count > 0) throw new CampaignException(string.Join('\n', wrong));
    }

    // What the engine has left behind is sound, all of it has ended, and once its time is over it takes no room.
    private async Task NothingIsLeftAsync()
    {
        var found = JournalInspection.Verify(JournalDirectory);
        if (!found.IsSound) throw new CampaignException($"The journal is damaged: {string.Join("; ", found.Damage)}");
        await using var journal = FileJournal.Open(JournalOptions with { Retention = TimeSpan.Zero });
        var left = await journal.ListAsync(default);
        if (left.Count > 0)
            throw new CampaignException($"Not forgotten though over: {string.Join(", ", left.Select(job => job.Id))}.");
        var scratch = Path.Combine(root, "scratch");
        if (Directory.Exists(scratch) && Directory.EnumerateFileSystemEntries(scratch).Any())
            throw new CampaignException($"Attempts left directories behind in {scratch}.");
    }

    public void Dispose()
    {
        _room.Dispose();
        _over.Dispose();
    }
}
