using System.Text.Json;

namespace ActorFlow.Engine.Tests;

/// <summary>What holds after every command, whatever the job.</summary>
internal static class Laws
{
    /// <summary>A machine folded from events, of which so many are the past, under another flow.</summary>
    public static JobMachine Folded(Flow flow, IEnumerable<JobEvent> events, int past = 0)
    {
        var machine = past == 0 ? new JobMachine(flow) : new JobMachine(flow, JobPast.Of(events.Take(past)));
        foreach (var fact in events.Skip(past)) machine.Replay(fact);
        return machine;
    }

    /// <summary>Checks every law.</summary>
    /// <param name="job">The job after the command.</param>
    /// <param name="command">The command.</param>
    /// <param name="twin">A machine folded from the events before the command: it is to decide the same.</param>
    public static void Check(JobUnderTest job, JobCommand command, JobMachine twin)
    {
        RefusalChangesNothing(job);
        if (!job.Outstanding.HeartbeatsNoted) FoldedDecidesTheSame(job, command, twin);
        TimeNeverGoesBack(job);
        Assert.Equal(job.Events.Count, job.State.Version);
        var folded = Folded(job.Flow, job.Events, job.Past);
        LivedEqualsFolded(job.State, folded.State);
        ResumeAsksForWhatIsOutstanding(job, folded);
        if (job.State.Submitted is null) return;
        CountsAgreeWithPhases(job.State);
        NothingIsStuck(job);
    }

    private static void RefusalChangesNothing(JobUnderTest job)
    {
        if (job.Refusal is null) return;
        Assert.Empty(job.LastStep.Events);
        Assert.Empty(job.LastStep.Effects);
    }

    private static void FoldedDecidesTheSame(JobUnderTest job, JobCommand command, JobMachine twin)
    {
        var step = new JobStep();
        Assert.Equal(job.Refusal, twin.Decide(command, step));
        if (!job.LastStep.Events.SequenceEqual(step.Events))
            Assert.Equal(job.LastStep.Events.Select(Text), step.Events.Select(Text));
    }

    // Records compare lists inside by reference: where two events differ so, what they say is compared.
    private static string Text(JobEvent fact) => JsonSerializer.Serialize(fact, fact.GetType());

    private static bool IsHeldBack(JobState state, int task) =>
        state.Graph.ScopeOf(task) is { Expansion.MaxParallel: { } most } scope && state.StateOf(scope).Active >= most;

    private static void TimeNeverGoesBack(JobUnderTest job)
    {
        var before = job.Events.Count - job.LastStep.Events.Count;
        for (var i = Math.Max(1, before); i < job.Events.Count; i++)
            Assert.True(job.Events[i - 1].At <= job.Events[i].At, $"{job.Events[i]} is before the event before it.");
    }

    private static void LivedEqualsFolded(JobState lived, JobState folded)
    {
        Assert.Equal(StateText.Of(lived), StateText.Of(folded));
        for (var task = 0; task < lived.Graph.Count; task++)
        {
            Assert.Same(lived.OutputOf(task), folded.OutputOf(task));
            Assert.Same(lived.FailureOf(task), folded.FailureOf(task));
        }
    }

    private static void ResumeAsksForWhatIsOutstanding(JobUnderTest job, JobMachine folded)
    {
        var step = new JobStep();
        folded.Resume(step);
        Assert.Empty(step.Events);
        Assert.Equal(job.Outstanding.OfAttempts, step.Effects.Where(e => e is not JobEffect.SetAlarm));
        var alarm = step.Effects.OfType<JobEffect.SetAlarm>().SingleOrDefault()?.DueAt;
        var lived = job.Outstanding.Alarm;
        if (alarm is not null)
            Assert.True(job.Outstanding.HeartbeatsNoted ? alarm <= lived : alarm == lived,
                $"Resume sets the alarm at {alarm}, and the job had set it at {lived}.");
        else if (lived is { } idle)
            Assert.Empty(EventsOf(folded, new JobCommand.WakeUp(idle)));
    }

    private static EventList EventsOf(JobMachine machine, JobCommand command)
    {
        var step = new JobStep();
        machine.Decide(command, step);
        return step.Events;
    }

    private static void CountsAgreeWithPhases(JobState state)
    {
        var phases = Enumerable.Range(0, state.Graph.Count).Select(state.PhaseOf).ToList();
        foreach (var phase in Enum.GetValues<TaskPhase>())
            Assert.Equal(phases.Count(p => p == phase), state.CountOf(phase));
        Assert.Equal(phases.Count(p => !p.HasEnded()), state.OpenTasks);
        Assert.Equal(phases.Count(p => p is TaskPhase.Running or TaskPhase.Stopping), state.RunningTasks);
        Assert.Equal(phases.Count(p => p.HasEnded()), Sum(state.Counts));
        if (state.Phase != JobPhase.Running || state.Flow.Policy.MaxParallel is not null) return;
        var ready = Enumerable.Range(0, state.Graph.Count).Select(t => state.Graph[t])
            .Where(t => phases[t.Number] == TaskPhase.Ready).ToLookup(t => t.Policy.Pool);
        for (var pool = 0; pool < state.Flow.Pools.Names.Count; pool++)
            Assert.Equal(ready[state.Flow.Pools.Names[pool]].Count(), state.StartableIn(pool));
    }

    private static int Sum(TaskCounts counts) => counts.Succeeded + counts.Failed + counts.Skipped + counts.Cancelled;

    private static void NothingIsStuck(JobUnderTest job)
    {
        var state = job.State;
        if (state.Phase.HasEnded())
        {
            Assert.Equal(0, state.OpenTasks);
            return;
        }

        var startable = Enumerable.Range(0, job.Flow.Pools.Names.Count).Any(pool => state.StartableIn(pool) > 0);
        var waitsOutside = state.Phase == JobPhase.Paused || state.CountOf(TaskPhase.Held) > 0;
        Assert.True(state.RunningTasks > 0 || startable || job.Outstanding.Alarm is not null || waitsOutside,
            $"The job is stuck: {job.Tasks}.");
        for (var task = 0; task < state.Graph.Count; task++) IsNotStuck(job, task);
    }

    private static void IsNotStuck(JobUnderTest job, int task)
    {
        var state = job.State;
        var open = state.Graph.Upstream(task).ToArray().Count(up => !state.PhaseOf(up.Task).HasEnded());
        Assert.Equal(state.PhaseOf(task).HasEnded() ? 0 : open, state.PendingOf(task));
        var moves = state.PhaseOf(task) switch
        {
            TaskPhase.Waiting => state.WaitsFor(task).Any() || IsHeldBack(state, task),
            TaskPhase.Expanded => state.OpenScopesOf(task).Any(),
            TaskPhase.Ready => state.Phase != JobPhase.Stopping,
            TaskPhase.BackingOff => state.DueAtOf(task) is { } due && job.Outstanding.Alarm <= due,
            TaskPhase.Stopping => job.Outstanding.Alarm is not null || state.OpenScopesOf(task).Any(),
            TaskPhase.Held => state.Phase != JobPhase.Stopping,
            _ => true,
        };
        Assert.True(moves, $"Task '{state.Graph[task].Name}' is stuck: {job.Tasks}.");
    }
}
