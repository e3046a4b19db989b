using ActorFlow.Actors;
using ActorFlow.Engine;
using ActorFlow.Engine.Tests;
using ActorFlow.Engine.Tests.Properties;
using ActorFlow.Journal;

namespace ActorFlow.Simulation;

/// <summary>One job over all lives of the process: submitted or resumed in each, and followed.</summary>
internal sealed class SimulatedJob
{
    private readonly SimulatedRun _run;
    private readonly List<ExecutableFlow> _flows = [];
    private ChangedFlow _changed;
    private Task _following = Task.CompletedTask;
    private readonly ForkOrigin? _origin;
    private bool _isGivenUp;

    public SimulatedJob(SimulatedRun run, int number)
        : this(run, number, RandomFlow.From(run.Choices, new ScriptedMaker(run)), origin: null)
    {
    }

    private SimulatedJob(SimulatedRun run, int number, Flow flow, ForkOrigin? origin)
    {
        _run = run;
        _origin = origin;
        Id = new JobId($"job{number}");
        Priority = run.Choices.Below(3);
        _flows.Add(ScriptedFlow.Of(flow, run));
    }

    public JobId Id { get; }

    public int Priority { get; }

    /// <summary>The flow that it runs in the present life.</summary>
    public ExecutableFlow Flow => _flows[^1];

    /// <summary>The job in the present life; null until it is there.</summary>
    public JobRef? Ref { get; private set; }

    /// <summary>Whether it is a fork that cannot be: the job that it was to share with goes on meanwhile.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Whether everybody was told of its end.</summary>
    public bool HasEnded => IsRefused || Ref is { WhenEnded.IsCompletedSuccessfully: true } && _following.IsCompleted;

    /// <summary>Whether the present life can do nothing more for it.</summary>
    public bool IsGivenUp => _isGivenUp || _following.IsFaulted || Ref is { WhenEnded.IsFaulted: true };

    /// <summary>Submits or resumes it in a new life.</summary>
    public void Begin(SimulatedProcess process)
    {
        Ref = null;
        (_isGivenUp, IsRefused) = (false, false);
        var events = process.DurableEventsOf(Id)!;
        _run.Witness.Reopened(Id, events);
        ChooseFlow(events);
        _following = BeginAsync(process, isThere: events.Count > 0);
    }

    // Somebody has deployed another flow meanwhile; whether an earlier one has arrived is known from the journal alone.
    private void ChooseFlow(IReadOnlyList<JobEvent> events)
    {
        _changed = ChangedFlow.Refuse;
        if (JobEvents.BeginningOf(events, out _) is not { } job) return;
        var there = _flows.Single(flow => flow.Definition.Fingerprint == job.FlowFingerprint);
        _flows.Remove(there);
        _flows.Add(there);
        if (events[^1] is JobEvent.JobEnded || !_run.Choices.OneIn(5)) return;
        var changed = RandomFlow.Changed(there.Definition, _run.Choices);
        if (_flows.Any(flow => flow.Definition.Fingerprint == changed.Fingerprint)) return;
        _changed = _run.Choices.Of(ChangedFlow.KeepUnchanged, ChangedFlow.KeepUnchanged, ChangedFlow.Restart);
        _flows.Add(ScriptedFlow.Of(changed, _run));
        _run.Tell($"{Id} is to go on with another flow: {_changed}");
    }

    /// <summary>A new job that shares what this one has recorded, from some task on; null if it cannot be.</summary>
    public SimulatedJob? Fork(int number)
    {
        if (Ref is null || !HasEnded || _run.Process.DurableEventsOf(Id) is not { } events) return null;
        var flow = Flow.Definition;
        var from = flow.TaskNames[_run.Choices.Below(flow.Tasks.Count)];
        try
        {
            Takeover.Fork(JobPast.Of(events), flow, from, Payload.None);
        }
        catch (JobRejectedException)
        {
            return null;
        }

        _run.Tell($"job{number} is to be a fork of {Id} from {from} on");
        return new SimulatedJob(_run, number, flow, new ForkOrigin(Id, from));
    }

    private async Task BeginAsync(SimulatedProcess process, bool isThere)
    {
        try
        {
            await RunAsync(process, isThere).ConfigureAwait(false);
        }
        catch (JobRejectedException) when (_origin is not null && !isThere)
        {
            if (_run.Process == process) IsRefused = true;
        }
    }

    private async Task RunAsync(SimulatedProcess process, bool isThere)
    {
        var submission = new JobSubmission(Id, Flow, Payload.None) { Priority = Priority, ForkedFrom = _origin };
        var opening = isThere && (_changed != ChangedFlow.Refuse || _run.Choices.OneIn(2))
            ? process.System.OpenAsync(Id, Flow, _changed, CancellationToken.None)
            : process.System.SubmitAsync(submission, CancellationToken.None);
        var job = await opening.ConfigureAwait(false);
        if (_run.Process == process)
        {
            Ref = job;
            _run.Check(() => _run.Witness.IsTold(Id, 1));
        }

        await FollowAsync(process, job).ConfigureAwait(false);
    }

    // To its end, and on if it was reopened meanwhile.
    private async Task FollowAsync(SimulatedProcess process, JobRef job)
    {
        for (var version = 0L; version == 0 || job.Actor.State.Version > version;)
        {
            // What is decided is told only when it is durable.
            await job.Signals.WhenBeyond(version).ConfigureAwait(false);
            await foreach (var fact in job.FollowAsync(version + 1, CancellationToken.None).ConfigureAwait(false))
            {
                if (_run.Process != process) return;
                var heard = ++version;
                _run.Check(() => _run.Witness.Hears(Id, heard, fact));
            }
        }
    }

    /// <summary>An operator has a wish; the job may refuse.</summary>
    public void Ask(Func<DateTimeOffset, JobCommand> command)
    {
        if (Ref is { } job) _ = AskAsync(_run.Process, job, command);
    }

    // Right behind it he asks where the job stands: both answers come when that is durable.
    private async Task AskAsync(SimulatedProcess process, JobRef job, Func<DateTimeOffset, JobCommand> command)
    {
        try
        {
            var asked = job.CommandAsync(command);
            var standing = job.ReadAsync(state => state.Version);
            var rejection = await asked.ConfigureAwait(false);
            if (_run.Process != process) return;
            // What had ended goes on: it is followed anew.
            if (rejection is null && _following.IsCompletedSuccessfully) _following = FollowAsync(process, job);
            var version = await standing.ConfigureAwait(false);
            if (_run.Process == process) _run.Check(() => _run.Witness.IsTold(Id, version));
        }
        catch (Exception e) when (e is JournalException or ObjectDisposedException)
        {
            // Nobody was told that it was done.
            if (_run.Process == process) _isGivenUp = e is JournalWriteException;
        }
        catch (Exception e)
        {
            _run.Report(e);
        }
    }

    /// <summary>An operator who helps: what waits for him goes on.</summary>
    public void Settle()
    {
        if (Ref is not { } job) return;
        var state = job.Actor.State;
        if (state.Phase == JobPhase.Paused) Ask(at => new JobCommand.ContinueJob(at));
        for (var task = 0; task < state.Graph.Count; task++)
        {
            var held = task;
            if (state.PhaseOf(task) == TaskPhase.Held)
                Ask(at => new JobCommand.SettleTask(at, held, Directive.Fail, null));
        }
    }
}
