using System.Diagnostics;

namespace ActorFlow.Engine;

/// <summary>Decides everything about one job; pure.</summary>
/// <remarks>
/// A shell calls <see cref="Decide"/> with what was asked or has happened, makes the step's events durable, and only
/// then carries out its effects. After a crash it folds the journal with <see cref="Replay"/> and asks
/// <see cref="Resume"/> for the effects that are outstanding. Two laws tie these: the state lived equals the state
/// folded, and the effects outstanding are those issued and not yet finished. If anything throws, or an append fails,
/// the machine is to be thrown away and folded anew.
/// </remarks>
public sealed partial class JobMachine
{
    private long? _alarm;
    private JobStep _step = new();
    private ulong _seed;

    /// <summary>A job that has had no events.</summary>
    public JobMachine(Flow flow) => State = new JobState(flow);

    /// <summary>Where the job stands.</summary>
    public JobState State { get; }

    private Flow Flow => State.Flow;

    private JobGraph Graph => State.Graph;

    /// <summary>
    /// Takes one command: adds the events that follow from it, already applied, and their effects to a step.
    /// </summary>
    /// <returns>
    /// Null, or why the job refuses; then nothing was added. A late or repeated report is not refused: it does nothing.
    /// </returns>
    public Rejection? Decide(JobCommand command, JobStep step)
    {
        _step = step;
        var at = TimeOf(command.At);
        var mayBegin = command is JobCommand.SubmitJob or JobCommand.ReplaceFlow;
        var rejection = State.Submitted is null && !mayBegin ? NotBegun : Dispatch(command, at);
        if (rejection is null) Settle(at);
        return rejection;
    }

    /// <summary>Decides <see cref="JobCommand.CompleteAttempt"/> without the object: every task has one.</summary>
    public void Complete(DateTimeOffset at, int task, int attempt, Payload output, JobStep step)
    {
        _step = step;
        at = TimeOf(at);
        Complete(at, task, attempt, output);
        Settle(at);
    }

    /// <summary>Decides <see cref="JobCommand.StartTasks"/> without the object: every task has one.</summary>
    public void Start(DateTimeOffset at, int pool, int slots, JobStep step)
    {
        _step = step;
        at = TimeOf(at);
        Start(at, pool, slots);
        Settle(at);
    }

    // Clocks may go back and reports may overtake each other: the time of a job never does.
    private DateTimeOffset TimeOf(DateTimeOffset at) => at.UtcTicks >= State.LastTicks ? at : State.LastAt;

    private Rejection? Dispatch(JobCommand command, DateTimeOffset at)
    {
        switch (command)
        {
            case JobCommand.CompleteAttempt c: Complete(c, at); return null;
            case JobCommand.StartTasks c: Start(at, c.Pool, c.Slots); return null;
            case JobCommand.FailAttempt c: FailReported(c, at); return null;
            case JobCommand.LoseAttempt c: Lose(c, at); return null;
            case JobCommand.ExpandAttempt c: return Expand(c, at);
            case JobCommand.StopExpansion c: StopExpansion(c, at); return null;
            case JobCommand.SkipAttempt c: SkipReported(c, at); return null;
            case JobCommand.NoteHeartbeat c: NoteHeartbeat(c, at); return null;
            case JobCommand.MarkAttempt c: Mark(c, at); return null;
            case JobCommand.NoteKept c: NoteKept(c, at); return null;
            case JobCommand.WakeUp: WakeUp(at); return null;
            case JobCommand.SubmitJob c: return Submit(c, at);
            case JobCommand.ReplaceFlow c: return ReplaceFlow(c, at);
            case JobCommand.CancelJob c: return Cancel(c, at);
            case JobCommand.PauseJob: return Pause(at);
            case JobCommand.ContinueJob: return Continue(at);
            case JobCommand.RetryFailed: return RetryFailed(at);
            case JobCommand.SettleTask c: return SettleHeld(c, at);
            default:
                throw new UnreachableException(
                    $"The command {command.GetType().Name} has no arm [this is a bug in ActorFlow].");
        }
    }

    /// <summary>Takes a fact from the journal.</summary>
    /// <exception cref="ImpossibleTransitionException">Its task cannot have had it.</exception>
    /// <exception cref="ActorFlowException">It is not one of a job of this flow.</exception>
    public void Replay(JobEvent fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        RequireFit(fact);
        State.Apply(fact);
        State.Closed.Clear();
    }

    // What the machine has decided fits; what a journal holds may have been changed by hand.
    private void RequireFit(JobEvent fact)
    {
        var begins = JobEvents.BeginningIn(fact);
        if (begins is null == State.Submitted is null
            || (begins is not null && fact is JobEvent.FlowReplaced != State.Past is not null))
            throw Misfit.Of(fact, "a job is submitted first, and once");
        var cause = fact is JobEvent.TaskSkipped skipped ? skipped.Cause : -1;
        if (Math.Max(JobEvents.TaskOf(fact), cause) is var task && task >= Graph.Count)
            throw Misfit.Of(
                fact, $"it is about task number {task}, and the job of flow '{Flow.Name}' has {Graph.Count}, from 0");
        if (begins?.Taken is { } taken) RequireFit(fact, taken);
        if (fact is JobEvent.TaskExpanded e) RequireFit(e);
        if (fact is JobEvent.TaskAwaits a) RequireFit(fact, a.Task, a.Scope);
        if (fact is JobEvent.TaskContinued c) RequireFit(fact, c.Task, c.Scope);
    }

    private void RequireFit(JobEvent fact, int task, int scope)
    {
        if (scope >= Graph.Scopes.Count)
            throw Misfit.Of(fact, $"it is about expansion number {scope}, and there are {Graph.Scopes.Count}, from 0");
        if (Graph.Scopes[scope] is { } waited && (waited.Owner.Number != task || waited.Expansion.Key is null))
            throw Misfit.Of(fact, $"expansion number {scope} is none that task '{Graph[task].Name}' awaits");
    }

    private void RequireFit(JobEvent.TaskExpanded fact)
    {
        try
        {
            var names = Graph.Prepare(fact.Task, fact.Expansion).TaskNames;
            if (!names.SequenceEqual(fact.TaskNames, StringComparer.Ordinal))
                throw Misfit.Of(fact, $"it adds the tasks {string.Join(", ", names)}, and calls them otherwise");
        }
        catch (ExpansionException e) when (fact.Expansion.Source is not null)
        {
            throw new ActorFlowException(
                $"Task '{Graph[fact.Task].Name}' has added a flow that cannot be made any more: {e.Message}", e);
        }
        catch (ExpansionException e)
        {
            throw Misfit.Of(fact, e.Message.TrimEnd('.'));
        }
    }

    /// <summary>
    /// Adds the effects that are outstanding by the state alone: what a shell is to carry out after a crash.
    /// </summary>
    /// <remarks>
    /// An attempt that was running died with its process: its outstanding StartAttempt is to be answered with
    /// LoseAttempt, not carried out again.
    /// </remarks>
    public void Resume(JobStep step)
    {
        _step = step;
        _alarm = null;
        var mayRun = State.RunningTasks + State.CountOf(TaskPhase.Expanded) > 0;
        for (var task = 0; mayRun && task < Graph.Count; task++)
        {
            if (!State.HasAttempt(task)) continue;
            var phase = State.PhaseOf(task);
            step.Effects.AddStart(task, State.AttemptOf(task));
            if (phase == TaskPhase.Stopping)
                step.Effects.Add(new JobEffect.CancelAttempt(task, State.AttemptOf(task), State.ReasonOf(task)));
        }

        SetAlarm();
    }

    /// <summary>A fact is decided: it holds from here on, and asks for its effects.</summary>
    private void Emit(JobEvent fact) => Emit(new Fact(fact));

    private void Emit(in Fact fact)
    {
        State.Apply(fact);
        _step.Events.Add(fact);
        React(fact);
    }

    private void React(in Fact fact)
    {
        if (fact.Rest is null) _step.Effects.AddStart(fact.Task, fact.Attempt);
        else if (fact.Rest is not Payload) React((JobEvent)fact.Rest);
        else if (Graph.HasGrown) NoteEnd(fact.Task);
    }

    private void React(JobEvent fact)
    {
        switch (fact)
        {
            case JobEvent.TaskIgnored or JobEvent.TaskFailed or JobEvent.TaskSkipped or JobEvent.TaskCancelled:
                NoteEnd(JobEvents.TaskOf(fact));
                break;
            case JobEvent.TaskContinued e:
                _step.Effects.Add(new JobEffect.AnswerAttempt(e.Task, e.Attempt, e.Scope));
                break;
            case JobEvent.AttemptStopping e:
                _step.Effects.Add(new JobEffect.CancelAttempt(e.Task, e.Attempt, e.Reason));
                break;
            case JobEvent.AttemptAbandoned e:
                _step.Effects.Add(new JobEffect.AbandonAttempt(e.Task, e.Attempt));
                break;
            case JobEvent.JobEnded e:
                _alarm = null;
                _step.Effects.Add(new JobEffect.DropAlarm());
                break;
        }
    }

    /// <summary>
    /// Draws the conclusions that every command may leave: skips, the end of the job, the next alarm.
    /// </summary>
    private void Settle(DateTimeOffset at)
    {
        if (State.Doomed.Count > 0) SkipDoomed(at);
        if (Graph.HasGrown) SettleScopes(at);
        if (State.OpenTasks == 0) End(at);
        if (!State.Deadlines.IsEmpty) SetAlarm();
    }

    private void End(DateTimeOffset at)
    {
        if (!State.Phase.HasEnded()) Emit(new JobEvent.JobEnded(at, Outcome(), State.Counts));
    }

    /// <summary>Nothing else is decided before: what is doomed waits still, and its skip takes it out.</summary>
    private void SkipDoomed(DateTimeOffset at)
    {
        while (State.Doomed.TryPeek(out var doomed))
            Emit(new JobEvent.TaskSkipped(at, doomed.Task, doomed.Reason, doomed.Cause));
    }

    private JobPhase Outcome()
    {
        if (State.Phase == JobPhase.Stopping) return State.StopOutcome;
        return State.HasAny(TaskPhase.Failed) ? JobPhase.Failed : JobPhase.Succeeded;
    }

    private void SetAlarm()
    {
        if (!TryNext(out var next) || _alarm == next.DueAt) return;
        _alarm = next.DueAt;
        _step.Effects.Add(new JobEffect.SetAlarm(new DateTimeOffset(next.DueAt, TimeSpan.Zero)));
    }
}
