using System.Globalization;
using System.Text;
using ActorFlow.Actors;
using ActorFlow.Engine;

namespace ActorFlow.TestKit;

/// <summary>One run of a flow out of one list of choices, over all lives of its process.</summary>
internal sealed class FlowSimulation : IDisposable
{
    private const int MaxSteps = 100_000;
    private const int SegmentBytes = 64 * 1024;
    private static readonly JobId Id = new("simulated");
    private static readonly DateTimeOffset Start = new SimulatedTime().GetUtcNow();

    private readonly ExecutableFlow _flow;
    private readonly Payload _input;
    private readonly SimulatedDisk _disk = new();
    private readonly StringBuilder _story = new();
    private readonly int _calmAfter;
    private readonly List<string> _names = [];
    private readonly AttemptWatch _watch = new();
    // What there is beyond the job outlives its processes; each simulation has its own.
    private readonly string _runs = Path.Combine(Path.GetTempPath(), $"actorflow-simulation-{Guid.NewGuid():N}");
    private readonly TaskStores _stores;
    private SimulatedProcess _process = null!;
    private Task<JobRef> _job = null!;
    private Exception? _defect;
    private int _told;

    private FlowSimulation(ExecutableFlow flow, Payload input, SimulationOptions options, Choices choices)
    {
        (Options, Choices, _input) = (options, choices, input);
        _stores = new TaskStores
        {
            Runs = new RunSpace(_runs),
            Json = options.Codec,
            Formats = new DatasetFormats([], options.Json),
        };
        _calmAfter = choices.Below(600);
        var scripts = new TaskScripts(flow.Definition);
        foreach (var (name, stub) in options.Stubs)
            scripts.Say(name, script => script.Stub(stub));
        _flow = WrappingBody.Wrap(flow, body => new ChaosBody(this, new TestBody(body, scripts, _watch)));
    }

    public SimulationOptions Options { get; }

    public Choices Choices { get; }

    public SimulatedTime Time { get; } = new();

    /// <summary>Whether from here on nothing goes wrong any more: then the job must end.</summary>
    public bool IsCalm { get; private set; }

    public int Crashes { get; private set; }

    public int Injected { get; private set; }

    public JobPhase Outcome { get; private set; }

    /// <summary>What broke an invariant; null if nothing did.</summary>
    public Exception? Failure { get; private set; }

    public string Story => _story.ToString();

    /// <summary>Lives a run.</summary>
    /// <exception cref="JobRejectedException">The flow cannot read the input.</exception>
    public static FlowSimulation Live(
        ExecutableFlow flow, object? input, Action<FlowRun>? invariant, SimulationOptions options, Choices choices)
    {
        var payload = input is null ? Payload.None : options.Codec.Encode(input);
        flow.RequireInput(Id, options.Codec, payload);
        var run = new FlowSimulation(flow, payload, options, choices);
        run.Failure = OneThread.Run(() => run.FailureOf(invariant));
        return run;
    }

    public void Dispose()
    {
        _process?.Threads.Dispose();
        _watch.Dispose();
        if (Directory.Exists(_runs)) Directory.Delete(_runs, recursive: true);
    }

    /// <summary>An attempt's code is about to run: its task has not succeeded before.</summary>
    public void Begins(FlowTask task, int attempt)
    {
        if (DurableEvents().Any(fact => fact is JobEvent.TaskSucceeded success && success.Task == task.Number))
            _defect ??= new FlowTestException(
                $"Task '{task.Name}' has succeeded, and attempt {attempt} runs [this is a bug in ActorFlow].");
    }

    /// <summary>Something is done to the job.</summary>
    public void Inject(string what)
    {
        Injected++;
        Tell(what);
    }

    private Exception? FailureOf(Action<FlowRun>? invariant)
    {
        try
        {
            LiveToTheEnd();
            Check(invariant);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private void LiveToTheEnd()
    {
        Boot();
        for (var step = 0; !HasEnded(); step++)
        {
            IsCalm = step >= _calmAfter || Choices.IsUsedUp;
            if (step >= MaxSteps) throw new FlowTestException($"The job does not end within {MaxSteps} steps.");
            if (!IsCalm && Options.Crashes && Choices.OneIn(40)) Mischief();
            if (_process.IsHalted) Crash(powerFails: true);
            Step();
            TellNews();
            if (_defect is not null) throw _defect;
        }
    }

    private void Step()
    {
        if (_process.Threads.Step()) return;
        if (_watch.Outside is { } outside)
        {
            if (_watch.WaitAsync(Options.OutsideLimit, CancellationToken.None).GetAwaiter().GetResult()) return;
            throw new FlowTestException(
                $"{outside} waits for something that is not simulated. Let it wait by the clock of its context, or "
                + "replace the task or what it talks to.");
        }

        // Time passes only when nothing else can happen: no time-out is missed because the simulation was slow.
        if (Time.FireNext() || HasEnded()) return;
        if (_job is { IsFaulted: true }) _job.GetAwaiter().GetResult();
        var state = JobHistory.Fold(_flow.Definition, DurableEvents()).State;
        if (!state.WaitsForOperator)
            throw new FlowTestException(
                "Nothing happens any more, and the job has not ended [this is a bug in ActorFlow].");
        for (var task = 0; task < _names.Count; task++)
            if (state.PhaseOf(task) == TaskPhase.Held) Settle(task);
    }

    // An operator is there, and what he decides is up to chance.
    private void Settle(int task)
    {
        var directive = Choices.Of(Directive.Fail, Directive.Retry, Directive.Skip);
        Tell($"an operator decides for '{_names[task]}': {directive}");
        _ = _job.Result.CommandAsync(at => new JobCommand.SettleTask(at, task, directive, null));
    }

    private void Mischief()
    {
        switch (Choices.Below(3))
        {
            case 0: Crash(powerFails: false); break;
            case 1: Crash(powerFails: true); break;
            default: _disk.Faults.StopAtChange(1 + Choices.Below(6)); break;
        }
    }

    private void Crash(bool powerFails)
    {
        Crashes++;
        Tell(powerFails ? "the power fails" : "the process is killed");
        if (powerFails) _disk.Crash(Choices.AsRandom);
        else _disk.Kill();
        Time.DropTimers();
        _watch.Clear();
        Boot();
        if (DurableEvents().Count < _told)
            throw new FlowTestException(
                $"{_told} events were there, and now there are {DurableEvents().Count} [this is a bug in ActorFlow].");
    }

    private void Boot()
    {
        var pools = _flow.Definition.Pools.Names.ToDictionary(name => name, _ => 1 + Choices.Below(4));
        _process = new SimulatedProcess(_disk, Time, Choices.AsRandom, SegmentBytes, pools, (_, options) => options with
        {
            Payloads = Options.Codec,
            Services = GivenServices.Of(Options.Services),
            Stores = _stores,
            Resources = FlowResources.Of(_flow.Definition, least: 1),
            WatchdogInterval = Timeout.InfiniteTimeSpan,
            MaxLookahead = 0,
        });
        _process.Threads.OnReady = _watch.OnReady;
        _job = _process.System.SubmitAsync(new JobSubmission(Id, _flow, _input), CancellationToken.None);
    }

    private bool HasEnded() =>
        !_process.IsHalted && _process.Threads.IsIdle && _job is { IsCompletedSuccessfully: true }
        && _job.Result.WhenEnded.IsCompletedSuccessfully;

    private IReadOnlyList<JobEvent> DurableEvents(long from = 1) => _process.DurableEventsOf(Id, from) ?? [];

    private void TellNews()
    {
        foreach (var fact in DurableEvents(_told + 1))
        {
            _told++;
            _names.AddRange(JobEvents.TaskNamesIn(fact));
            Tell(FlowStory.Line(_names, fact));
            _watch.Happened(fact, FlowStory.TaskOf(_names, fact));
        }
    }

    private void Tell(string line) => _story
        .Append((Time.GetUtcNow() - Start).ToString("c", CultureInfo.InvariantCulture)).Append("  ").AppendLine(line);

    private void Check(Action<FlowRun>? invariant)
    {
        var events = DurableEvents();
        var report = JobReport.Of(JobHistory.Fold(_flow.Definition, events).State);
        Outcome = report.Phase;
        invariant?.Invoke(new FlowRun(_flow, report, events, Crashes + 1, Options.Codec));
    }
}
