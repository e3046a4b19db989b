using System.Globalization;

namespace ActorFlow.Engine.Tests;

/// <summary>
/// Drives a job machine with a clock of its own, and checks the laws of the machine after every command.
/// </summary>
internal sealed class JobUnderTest(Flow flow)
{
    public static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Flow Flow { get; } = flow;

    public JobMachine Machine { get; private set; } = new(flow);

    public JobState State => Machine.State;

    public DateTimeOffset Now { get; private set; } = Epoch;

    /// <summary>All events so far.</summary>
    public List<JobEvent> Events { get; } = [];

    /// <summary>How many of them the job had under another flow.</summary>
    public int Past { get; private init; }

    /// <summary>What the last command led to.</summary>
    public JobStep LastStep { get; private set; } = new();

    /// <summary>Why the last command was refused; null if it was not.</summary>
    public Rejection? Refusal { get; private set; }

    /// <summary>The effects that a shell would still be busy with.</summary>
    public Outstanding Outstanding { get; } = new();

    public JobUnderTest Submit(string id = "job-1", TakenOver? taken = null, ForkOrigin? origin = null) =>
        Send(new JobCommand.SubmitJob(
            Now, new SubmittedJob(new JobId(id), Flow.Name, Flow.Fingerprint, Flow.TaskNames, Payload.None)
            {
                TaskDigests = Flow.TaskDigests,
                ForkedFrom = origin,
                Taken = taken,
            }));

    /// <summary>The process dies, and the job comes back with another flow; it waits to be told how to go on.</summary>
    public JobUnderTest Under(Flow flow)
    {
        var machine = Laws.Folded(flow, Events, Events.Count);
        var job = new JobUnderTest(flow) { Now = Now, Machine = machine, Past = Events.Count };
        job.Events.AddRange(Events);
        return job;
    }

    public JobUnderTest Replace(ChangedFlow choice) => Send(new JobCommand.ReplaceFlow(Now, choice, Source: null));

    /// <summary>A new job that shares the results of this one, up to a task.</summary>
    public JobUnderTest Fork(string from, Flow? flow = null, Payload? input = null)
    {
        flow ??= Flow;
        var taken = Takeover.Fork(JobPast.Of(Events), flow, from, input ?? Payload.None);
        var origin = new ForkOrigin(State.Submitted!.Id, from);
        return new JobUnderTest(flow) { Now = Now }.Submit($"fork-of-{origin.Job}", taken, origin);
    }

    public JobUnderTest StartAll()
    {
        for (var pool = 0; pool < Flow.Pools.Names.Count; pool++) Start(int.MaxValue, pool);
        return this;
    }

    public JobUnderTest Start(int slots, int pool = 0) => Send(new JobCommand.StartTasks(Now, pool, slots));

    public JobUnderTest Succeed(string task, string output = "1", int? attempt = null) => Send(
        new JobCommand.CompleteAttempt(Now, Number(task), attempt ?? Attempt(task), Payload.FromJson(output)));

    public JobUnderTest Fail(
        string task, string type = "System.IO.IOException", int? attempt = null, TimeSpan? retryAfter = null) =>
        Fail(task, new Failure(type, "It broke.") { RetryAfter = retryAfter }, attempt);

    public JobUnderTest Fail(string task, Failure failure, int? attempt = null) =>
        Send(new JobCommand.FailAttempt(Now, Number(task), attempt ?? Attempt(task), failure));

    /// <summary>An attempt ends with parts, with commas between: <c>"x, y:1"</c> is x of template 0, y of 1.</summary>
    public JobUnderTest Expand(string task, string parts, Func<Expansion, Expansion>? change = null)
    {
        var expansion = new Expansion(
            [.. parts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Part)]);
        return Expand(task, change is null ? expansion : change(expansion));
    }

    public JobUnderTest Expand(string task, Expansion expansion) =>
        Send(new JobCommand.ExpandAttempt(Now, Number(task), Attempt(task), expansion));

    public JobUnderTest Skip(string task) => Send(new JobCommand.SkipAttempt(Now, Number(task), Attempt(task)));

    public JobUnderTest Lose(string task, int? attempt = null) =>
        Send(new JobCommand.LoseAttempt(Now, Number(task), attempt ?? Attempt(task)));

    public JobUnderTest Heartbeat(string task, int? attempt = null) =>
        Send(new JobCommand.NoteHeartbeat(Now, Number(task), attempt ?? Attempt(task)));

    public JobUnderTest Mark(string task, int? attempt = null, params IReadOnlyList<Marker> markers) =>
        Send(new JobCommand.MarkAttempt(Now, Number(task), attempt ?? Attempt(task), markers));

    public JobUnderTest Cancel(string? reason = null) => Send(new JobCommand.CancelJob(Now, reason));

    public JobUnderTest Pause() => Send(new JobCommand.PauseJob(Now));

    public JobUnderTest Continue() => Send(new JobCommand.ContinueJob(Now));

    public JobUnderTest RetryFailed() => Send(new JobCommand.RetryFailed(Now));

    public JobUnderTest Settle(string task, Directive directive, string? output = null) =>
        Send(new JobCommand.SettleTask(
            Now, Number(task), directive, output is null ? null : Payload.FromJson(output)));

    public JobUnderTest WakeUp() => Send(new JobCommand.WakeUp(Now));

    /// <summary>Lets time pass, and wakes the job whenever its alarm is due.</summary>
    public JobUnderTest Advance(TimeSpan time)
    {
        var until = Now + time;
        while (Outstanding.Alarm is { } alarm && alarm <= until)
        {
            if (alarm > Now) Now = alarm;
            WakeUp();
        }

        Now = until;
        return this;
    }

    public JobUnderTest Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Sets the clock as an operator might, back too, without waking the job.</summary>
    public JobUnderTest SetClock(TimeSpan sinceEpoch)
    {
        Now = Epoch + sinceEpoch;
        return this;
    }

    /// <summary>The process dies and comes back: the job is folded from its events, and what ran is lost.</summary>
    public JobUnderTest Crash()
    {
        var lost = Outstanding.Attempts.ToArray();
        var step = new JobStep();
        Machine = Laws.Folded(Flow, Events, Past);
        Machine.Resume(step);
        Outstanding.Resumed(step.Effects);
        foreach (var (task, attempt) in lost) Send(new JobCommand.LoseAttempt(Now, task, attempt));
        return this;
    }

    /// <summary>Sends a command, keeps what follows, and checks every law.</summary>
    public JobUnderTest Send(JobCommand command)
    {
        var twin = Laws.Folded(Flow, Events, Past);
        twin.Resume(new JobStep());
        LastStep = new JobStep();
        Refusal = Machine.Decide(command, LastStep);
        Events.AddRange(LastStep.Events);
        Outstanding.Note(command, LastStep);
        Laws.Check(this, command, twin);
        return this;
    }

    private static ExpansionPart Part(string text)
    {
        var words = text.Split(':');
        var template = words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 0;
        return new ExpansionPart(words[0], template) { Input = Payload.FromJson($"\"{words[0]}\"") };
    }

    public int Number(string task) => State.Graph.Find(task).Number;

    public int Attempt(string task) => State.AttemptOf(Number(task));

    public TaskPhase Phase(string task) => State.PhaseOf(Number(task));

    public Reason Reason(string task) => State.ReasonOf(Number(task));

    public string? Output(string task) => State.OutputOf(Number(task))?.ToString();

    /// <summary>The task to blame for a skip; null if there is none.</summary>
    public string? Cause(string task) =>
        State.CauseOf(Number(task)) is >= 0 and var cause ? State.Graph[cause].Name : null;

    /// <summary>The delay before a task's next attempt.</summary>
    public TimeSpan Delay(string task) => State.DueAtOf(Number(task))!.Value - Now;

    /// <summary>All tasks by phase, as <c>a Succeeded, b Running</c>.</summary>
    public string Tasks => string.Join(
        ", ", State.Graph.TaskNames.Select((name, task) => $"{name} {State.PhaseOf(task)}"));

    /// <summary>All events, a line each.</summary>
    public string EventsText => string.Join('\n', Events);

    /// <summary>The tasks whose attempts the last command started.</summary>
    public string JustStarted => string.Join(
        ", ", LastStep.Effects.OfType<JobEffect.StartAttempt>().Select(e => State.Graph[e.Task].Name));

    /// <summary>The kinds of event that the last command led to.</summary>
    public string JustHappened => string.Join(", ", LastStep.Events.Select(e => e.GetType().Name));
}
