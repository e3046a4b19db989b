namespace ActorFlow.Engine;

/// <summary>How parts of an expansion wait for each other: for a part as a whole, not for tasks of it.</summary>
public sealed partial class JobState
{
    /// <summary>Whether an edge leads from one part to another.</summary>
    private bool IsBetweenParts(int task, int upstream) =>
        Graph.ScopeOf(task) is { } scope && StateOf(scope).Parts is not null
        && scope.PartOf(task) != scope.PartOf(upstream);

    /// <summary>Whether a part that needs others begins with the task.</summary>
    private bool NeedsParts(int task) =>
        Graph.Upstream(task) is [var first, ..] && IsBetweenParts(task, first.Task);

    /// <summary>The tasks that have not ended and that a waiting one waits for.</summary>
    internal IEnumerable<int> WaitsFor(int task)
    {
        IEnumerable<int> needed = [.. Graph.Upstream(task).ToArray().Select(up => up.Task)];
        if (task >= Graph.Own && NeedsParts(task))
        {
            var scope = Graph.ScopeOf(task)!;
            needed = scope.Expansion.Parts[scope.PartOf(task)].Needs.SelectMany(part => TasksOf(scope, part));
        }

        return needed.Where(up => !_cells[up].Phase.HasEnded());
    }

    private static IEnumerable<int> TasksOf(JobScope scope, int part)
    {
        var (first, end) = scope.TasksOf(part);
        return Enumerable.Range(first, end - first);
    }

    private static void CountParts(ScopeState scope, Func<int, bool> isOpen)
    {
        if (scope.Parts is not { } parts) return;
        for (var number = 0; number < parts.Length; number++)
            parts[number] = new PartState(TasksOf(scope.Scope, number).Count(isOpen));
    }

    /// <summary>A task has ended: with the last one of its part, those that need the part are considered.</summary>
    private void EndInPart(in Fact fact, ScopeState scope, int task)
    {
        var number = scope.Scope.PartOf(task);
        var part = scope.Parts![number];
        part.Cause = Worse(part.Cause, BlameOf(scope.Scope, number, task));
        // What is cancelled is not alone: all that needs it is cancelled with it.
        if (--part.Open > 0 || _cells[task].Phase == TaskPhase.Cancelled) return;
        foreach (var each in TasksOf(scope.Scope, number))
        {
            var isLast = false;
            foreach (var down in Graph.Downstream(each))
            {
                if (scope.Scope.PartOf(down.Task) == number) continue;
                isLast = true;
                if (_cells[down.Task] is { Phase: TaskPhase.Waiting, Pending: 0, IsDoomed: false })
                    ConsiderPart(fact, scope, down.Task);
            }

            // Whoever needs the part needs each of its last tasks.
            if (isLast) return;
        }
    }

    /// <summary>Who is to blame if a part does not count as run: a task of it failed, or something before it.</summary>
    private int BlameOf(JobScope scope, int part, int task)
    {
        if (_cells[task].Phase == TaskPhase.Failed) return task;
        if (_cells[task].Phase != TaskPhase.Skipped) return -1;
        var root = RootCause(task);
        return IsFailure(task) || scope.PartOf(root) != part ? root : -1;
    }

    // A failure is to blame before what was merely not to run.
    private int Worse(int cause, int other) => cause < 0 || (other >= 0 && !IsFailure(cause)) ? other : cause;

    /// <summary>
    /// A task that a part begins with, whatever its trigger is within its own flow: it runs if the parts that it needs
    /// have run, and gave what it takes.
    /// </summary>
    private void ConsiderPart(in Fact fact, ScopeState scope, int task)
    {
        var part = scope.Scope.Expansion.Parts[scope.Scope.PartOf(task)];
        if (part.Needs.Any(needed => scope.Parts![needed].Open > 0)) return;
        var cause = -1;
        foreach (var needed in part.Needs) cause = Worse(cause, scope.Parts![needed].Cause);
        foreach (var result in part.From.Select(scope.Scope.ResultOf))
            if (_cells[result].Phase != TaskPhase.Succeeded) cause = Worse(cause, RootCause(result));
        if (cause >= 0) Doom(task, Reason.UpstreamNotSucceeded, cause);
        else MakeReady(fact, task);
    }
}
