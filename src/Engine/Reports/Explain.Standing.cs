using System.Diagnostics;
using ActorFlow.Engine;

namespace ActorFlow;

/// <summary>Where a task stands and why, in a sentence that goes on after its name.</summary>
public static partial class Explain
{
    private static string Standing(JobState state, int task, JobStanding standing)
    {
        var phase = state.PhaseOf(task);
        return phase switch
        {
            TaskPhase.Running or TaskPhase.Stopping when standing == JobStanding.Interrupted =>
                $"ran when the process ended: attempt {state.AttemptOf(task)}. The job goes on when it is resumed.",
            TaskPhase.Waiting => Waits(state, task),
            TaskPhase.Ready => IsReady(state, task),
            TaskPhase.Running => $"runs: attempt {state.AttemptOf(task)}.",
            TaskPhase.Stopping =>
                $"was asked to stop because {Because(state, task)}, and has not yet: attempt {state.AttemptOf(task)}.",
            TaskPhase.Expanded => Expanded(state, task),
            TaskPhase.BackingOff => BacksOff(state, task),
            TaskPhase.Held => $"waits for an operator because {Because(state, task)}.{LastFailure(state, task)}",
            TaskPhase.Succeeded => Succeeded(state, task),
            TaskPhase.Failed => $"failed because {Because(state, task)}.{LastFailure(state, task)}",
            TaskPhase.Skipped => Skipped(state, task),
            TaskPhase.Cancelled => Cancelled(state, task),
            _ => throw new UnreachableException($"The phase {phase} has no arm [this is a bug in ActorFlow]."),
        };
    }

    private static string Waits(JobState state, int task)
    {
        if (state.Submitted is null) return "waits: the job has not been submitted.";
        if (state.ReasonOf(task) == Reason.NoTurn && state.Graph.ScopeOf(task) is { } scope)
            return $"waits its turn: of the tasks that '{scope.Owner.Name}' has added no more than "
                + $"{scope.Expansion.MaxParallel} run at once.";
        var open = state.WaitsFor(task)
            .Select(up => $"'{state.Graph[up].Name}' ({ReportWords.Of(state.PhaseOf(up))})").ToList();
        return $"waits for {(open.Count == 1 ? "an upstream task that has" : $"{open.Count} upstream tasks that have")}"
            + $" not ended: {ReportText.List(open)}.";
    }

    private static string IsReady(JobState state, int task)
    {
        if (state.Phase == JobPhase.Paused) return "is ready and waits because the job is paused.";
        if (state.Flow.Policy.MaxParallel is { } most && state.RunningTasks >= most)
            return $"is ready and waits because the flow runs no more than {most} at once.";
        return $"is ready and waits for a free slot in pool '{state.Graph.PolicyOf(task).Pool}'.";
    }

    private static string Expanded(JobState state, int task)
    {
        var (open, of) = (0, 0);
        foreach (var scope in state.OpenScopesOf(task))
            (open, of) = (open + state.StateOf(scope).Open, of + scope.Count);
        return $"waits for tasks that it added: {open} of {of} have not ended.";
    }

    private static string BacksOff(JobState state, int task)
    {
        var until = state.DueAtOf(task) is { } due ? $" until {ReportWords.Of(due)}" : "";
        return $"backs off{until} because attempt {state.AttemptOf(task)} did not succeed: "
            + $"{ReasonSentences.Of(state.ReasonOf(task))}.{LastFailure(state, task)}";
    }

    private static string Succeeded(JobState state, int task)
    {
        if (state.ReasonOf(task) == Reason.None && state.TakenFromOf(task) is { } job)
            return job == state.Submitted!.Id
                ? $"succeeded in attempt {state.AttemptOf(task)}, and that was kept when the job's flow was replaced."
                : $"succeeded in job '{job}', and that is shared.";
        if (state.ReasonOf(task) == Reason.None) return $"succeeded in attempt {state.AttemptOf(task)}.";
        return $"counts as succeeded, with a default output, because {Because(state, task)}.{LastFailure(state, task)}";
    }

    private static string Skipped(JobState state, int task)
    {
        if (state.CauseOf(task) < 0)
            return $"was skipped because {Because(state, task)}."
                + (state.ReasonOf(task).IsRule() ? "" : LastFailure(state, task));
        var chain = CauseChain(state, task);
        var cause = chain[^1];
        return $"was skipped because '{state.Graph[cause].Name}' {Outcome(state, cause)}"
            + (chain.Count < 3 ? "" : $" [{string.Join(" -> ", Names(state, chain))}]");
    }

    private static string Outcome(JobState state, int task) => state.PhaseOf(task) switch
    {
        TaskPhase.Failed => $"failed: {ReasonSentences.Of(state.ReasonOf(task))}.{LastFailure(state, task)}",
        TaskPhase.Skipped => $"was skipped: {ReasonSentences.Of(state.ReasonOf(task))}.",
        _ => "did not succeed.",
    };

    private static string Cancelled(JobState state, int task)
    {
        // What else stopped it before was nothing that the words are about.
        var isWithJob = state.ReasonOf(task) == state.StopReason;
        var said = isWithJob && state.StopDetail is { } detail ? $" ({ReportText.Plain(detail)})" : "";
        var when = state.StartedAtOf(task) is null ? "before it started" : "while it ran or backed off";
        return $"was cancelled {when} because {Because(state, task)}{said}.";
    }

    /// <summary>From the task to the one to blame, each needed by the one before it.</summary>
    private static List<int> CauseChain(JobState state, int task)
    {
        var cause = state.CauseOf(task);
        List<int> chain = [task];
        while (chain[^1] != cause)
        {
            var next = cause;
            foreach (var up in state.Graph.Upstream(chain[^1]))
            {
                if (up.Task == cause)
                {
                    next = cause;
                    break;
                }

                if (state.PhaseOf(up.Task) == TaskPhase.Skipped && state.CauseOf(up.Task) == cause) next = up.Task;
            }

            chain.Add(next);
        }

        return chain;
    }

    private static IEnumerable<string> Names(JobState state, List<int> tasks)
    {
        var shown = tasks.Count <= MaxListed ? tasks : [.. tasks.Take(MaxListed - 1), tasks[^1]];
        foreach (var task in shown)
        {
            if (task == tasks[^1] && shown.Count < tasks.Count) yield return "…";
            yield return state.Graph[task].Name;
        }
    }

    /// <summary>Why a task that has been tried before is, or was, tried again; null if it was not.</summary>
    private static string? RunsAgain(JobState state, IReadOnlyList<JobEvent> events, int task)
    {
        if (state.AttemptOf(task) < 1) return null;
        string? again = null;
        var trail = new TaskTrail(state.Graph[task].Name, task);
        var hasRun = false;
        foreach (var fact in events)
        {
            var isAbout = trail.IsAbout(fact);
            again = fact switch
            {
                JobEvent.FlowReplaced => hasRun && trail.TakenIn(fact) is null
                    ? "It ran again because the job's flow was replaced."
                    : null,
                JobEvent.RetryScheduled { Reason: Reason.AttemptLost } when isAbout =>
                    "It ran again because the process ended while an attempt ran, whose end was not recorded.",
                JobEvent.RetryScheduled { Reason: Reason.Operator } when isAbout =>
                    "It ran again because an operator asked for it.",
                JobEvent.RetryScheduled e when isAbout =>
                    $"It ran again because {ReasonSentences.Of(e.Reason)}, and its policy allows another attempt.",
                JobEvent.JobReopened when state.EndedAtOf(task) is null || state.StartedAtOf(task) >= fact.At =>
                    "It ran again because someone asked to retry what failed.",
                _ => again,
            };
            hasRun |= isAbout && fact is JobEvent.TaskStarted;
        }

        return state.PhaseOf(task) is TaskPhase.Waiting or TaskPhase.Ready or TaskPhase.BackingOff
            ? again?.Replace("It ran again", "It runs again", StringComparison.Ordinal)
            : again;
    }

    private static string Because(JobState state, int task) => ReasonSentences.Of(state.ReasonOf(task));

    private static string LastFailure(JobState state, int task) =>
        state.FailureOf(task) is { } failure ? $" {Said(failure)}" : "";
}
