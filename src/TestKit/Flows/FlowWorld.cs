using ActorFlow.Actors;
using ActorFlow.Engine;

namespace ActorFlow.TestKit;

/// <summary>The world of one test: its clock, its journal, and one process after the other on one thread.</summary>
internal sealed class FlowWorld : IAsyncDisposable
{
    private readonly ExecutableFlow _flow;
    private readonly FlowTestOptions _options;
    private readonly AttemptWatch _watch;
    private readonly RecordedJournal _journal;
    private readonly Queue<Expectation> _crashes = new();
    private readonly List<JobEvent> _events = [];
    private readonly List<string> _names = [];
    private readonly string _scratch = Path.Combine(Path.GetTempPath(), $"actorflow-test-{Guid.NewGuid():N}");
    private readonly TaskStores _stores;
    private MortalProcesses _processes = new();
    private SimulatedThreads _threads = null!;
    private Task<JobRef>? _job;
    private bool _isDead;

    public FlowWorld(ExecutableFlow flow, FlowTestOptions options, AttemptWatch watch)
    {
        (_flow, _options, _watch) = (flow, options, watch);
        Time = new SimulatedTime(options.StartsAt);
        _stores = options.Stores ?? new TaskStores
        {
            Runs = new RunSpace(Path.Combine(_scratch, "runs")),
            Json = options.Codec,
            Formats = new DatasetFormats([], options.Json),
        };
        _journal = new RecordedJournal(Happened, () => _isDead);
    }

    public SimulatedTime Time { get; }

    public int Lives { get; private set; }

    /// <summary>All that has happened, over all lives.</summary>
    public IReadOnlyList<JobEvent> Events => _events;

    /// <summary>The names of the tasks by number; it grows with the job.</summary>
    public IReadOnlyList<string> TaskNames => _names;

    /// <summary>Whether the job has ended, and this process knows.</summary>
    public bool HasEnded => !_isDead && Events is [.., JobEvent.JobEnded] && _threads.IsIdle;

    /// <summary>The number of a task by its name, without regard to case.</summary>
    /// <exception cref="ActorFlowException">There is none yet.</exception>
    public int NumberOf(string task) => JobHistory.Fold(_flow.Definition, _events).State.Graph.Find(task).Number;

    public void CrashAfter(Expectation happening) => _crashes.Enqueue(happening);

    /// <summary>Requires that every crash came which was to come.</summary>
    /// <exception cref="FlowTestException">One did not: the test would show nothing of it.</exception>
    public void RequireCrashes()
    {
        if (_crashes.Count == 0) return;
        throw new FlowTestException(
            $"A crash was to come after {_crashes.Peek()}. It did not come: {Standing()}\n{Story()}"
            + string.Concat(_crashes.Select(missing => $"?? a crash after {missing}\n")));
    }

    public async Task StartAsync(Payload input, CancellationToken cancellationToken)
    {
        if (_job is not null) throw new FlowTestException("The job has been submitted already.");
        _flow.RequireInput(_options.Job, _options.Codec, input);
        _job = OneThread.Run(
            () => Boot().SubmitAsync(new JobSubmission(_options.Job, _flow, input), CancellationToken.None));
        await DriveAsync(() => Events.Count > 0, "The job was to be submitted", cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Lets everything go on, and time pass, until something holds.</summary>
    public async Task DriveAsync(Func<bool> holds, string goal, CancellationToken cancellationToken)
    {
        if (_job is null) throw new FlowTestException("The job has not been submitted: call StartAsync or RunAsync.");
        var latest = _options.StartsAt + _options.VirtualTimeLimit;
        while (!await TryStepAsync(holds, cancellationToken).ConfigureAwait(false))
        {
            if (OneThread.Run(() => Time.FireNext(latest))) continue;
            throw new FlowTestException($"{goal}, and nothing will happen any more: {Standing()}\n{Story()}");
        }
    }

    /// <summary>Lets everything go on while so much time passes.</summary>
    public async Task AdvanceAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        var end = Time.GetUtcNow() + span;
        do await TryStepAsync(() => false, cancellationToken).ConfigureAwait(false);
        while (OneThread.Run(() => Time.FireNext(end)));
        if (end > Time.GetUtcNow()) Time.Pass(end - Time.GetUtcNow());
    }

    public async Task AskAsync(Func<DateTimeOffset, JobCommand> command, CancellationToken cancellationToken)
    {
        await DriveAsync(() => _job!.IsCompleted, "The job was to be there", cancellationToken).ConfigureAwait(false);
        var job = await _job!.ConfigureAwait(false);
        var asked = OneThread.Run(() => job.CommandAsync(command));
        while (!asked.IsCompleted && OneThread.Run(_threads.Step)) { }
        if (await asked.WaitAsync(cancellationToken).ConfigureAwait(false) is { } rejection)
            throw new JobRejectedException(_options.Job, rejection.Message);
    }

    public JobReport Report() => JobReport.Of(JobHistory.Fold(_flow.Definition, _events).State);

    /// <summary>The process dies, with all of its attempts, and another one resumes the job.</summary>
    public void Crash()
    {
        if (Events.Count == 0)
            throw new FlowTestException("The job has not been submitted: there is nothing that could crash.");
        _isDead = false;
        _processes.Dispose();
        _processes = new MortalProcesses();
        _threads.Kill();
        Time.DropTimers();
        _watch.Clear();
        _job = OneThread.Run(() => Boot().OpenAsync(_options.Job, _flow, CancellationToken.None));
    }

    public ValueTask DisposeAsync()
    {
        _threads?.Kill();
        _processes.Dispose();
        _watch.Dispose();
        if (Directory.Exists(_scratch)) Directory.Delete(_scratch, recursive: true);
        return default;
    }

    // True when it holds; false when only time can bring it.
    private async Task<bool> TryStepAsync(Func<bool> holds, CancellationToken cancellationToken)
    {
        while (!holds())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_isDead)
            {
                Crash();
                continue;
            }

            if (OneThread.Run(_threads.Step)) continue;
            if (_job is { IsFaulted: true }) await _job.ConfigureAwait(false);
            if (_watch.Outside is not { } outside) return false;
            if (!await _watch.WaitAsync(_options.OutsideLimit, cancellationToken).ConfigureAwait(false))
                throw new FlowTestException(
                    $"{outside} has waited for {_options.OutsideLimit.TotalSeconds} s of real time for something "
                    + "outside of the test. If it waits for a time, let it do so by the context's clock "
                    + "(TaskContext.Time); if it hangs on purpose, use FlowTest.Hang.\n" + Story());
        }

        return true;
    }

    private void Happened(JobEvent fact)
    {
        _events.Add(fact);
        _names.AddRange(JobEvents.TaskNamesIn(fact));
        var task = FlowStory.TaskOf(_names, fact);
        _watch.Happened(fact, task);
        if (_isDead || !_crashes.TryPeek(out var crash)) return;
        if (!crash.IsMetBy(fact, task)) return;
        _crashes.Dequeue();
        _isDead = true;
        _threads.Kill();
    }

    private JobSystem Boot()
    {
        Lives++;
        _threads = new SimulatedThreads { OnReady = _watch.OnReady };
        return new JobSystem(new JobSystemOptions
        {
            Journal = _journal,
            Threads = _threads,
            Payloads = _options.Codec,
            Scratch = new ScratchSpace(_scratch),
            Stores = _stores,
            Pools = _flow.Definition.Pools.Names.ToDictionary(name => name, _ => _options.PoolSize),
            Resources = FlowResources.Of(_flow.Definition, _options.PoolSize),
            Processes = _options.Processes ?? _processes,
            Time = Time,
            Services = GivenServices.Of(_options.Services),
            LoggerFactory = _options.LoggerFactory,
            // It would turn the clock for ever.
            WatchdogInterval = Timeout.InfiniteTimeSpan,
            MaxLookahead = 0,
        });
    }

    private string Standing()
    {
        var state = JobHistory.Fold(_flow.Definition, _events).State;
        if (state.Phase.HasEnded()) return $"the job has ended as {state.Phase}.";
        if (state.WaitsForOperator) return "it waits for an operator.";
        var running = Enumerable.Range(0, _names.Count)
            .Where(task => state.PhaseOf(task) is TaskPhase.Running or TaskPhase.Stopping)
            .Select(task => $"'{_names[task]}'").ToList();
        return running.Count > 0
            ? $"{string.Join(", ", running)} {(running.Count == 1 ? "hangs" : "hang")}, and no time-out ends it."
            : "the time limit of the test is reached.";
    }

    private string Story() => FlowStory.Of(_events);
}
