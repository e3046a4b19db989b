namespace ActorFlow.Engine;

/// <summary>How tasks add to their job, and what becomes of them when what they added has ended.</summary>
public sealed partial class JobMachine
{
    // Within one step: tasks that have ended while parts that they awaited had not.
    private readonly Queue<JobScope> _orphans = new();

    private Rejection? Expand(JobCommand.ExpandAttempt command, DateTimeOffset at)
    {
        switch (Standing(command.Task, command.Attempt))
        {
            case TaskPhase.Running when Known(command) is { } known:
                if (known.Expansion.Contradicts(command.Expansion)) return IsAnother(command);
                Emit(new JobEvent.TaskAwaits(at, command.Task, command.Attempt, known.Number));
                break;
            case TaskPhase.Running:
                return Grow(command, at);
            case TaskPhase.Stopping when command.Expansion.Key is null:
                HasStopped(command.Task, at);
                return null;
            default:
                return command.Expansion.Key is null ? null : new Rejection(
                    RejectionCode.WrongPhase, "The attempt was asked to stop, and adds nothing any more.");
        }

        return null;
    }

    private JobScope? Known(JobCommand.ExpandAttempt command) =>
        command.Expansion.Key is { } key ? Graph.FindScope(command.Task, key) : null;

    // Whoever asks would take the result of something else for its own.
    private Rejection IsAnother(JobCommand.ExpandAttempt command) => new(
        RejectionCode.BadExpansion,
        $"Task '{Graph[command.Task].Name}' has run '{command.Expansion.Key}' before, and not with this: "
        + "give each of its runs a name of its own. To begin anew what an attempt before has run, fork the job from "
        + "this task.");

    private Rejection? Grow(JobCommand.ExpandAttempt command, DateTimeOffset at)
    {
        try
        {
            var names = Graph.Prepare(command.Task, command.Expansion).TaskNames;
            Emit(new JobEvent.TaskExpanded(at, command.Task, command.Attempt, command.Expansion, names));
            return null;
        }
        catch (ExpansionException e)
        {
            // Whoever waits for it is told; an attempt that ended with it has failed.
            if (command.Expansion.Key is not null) return new Rejection(RejectionCode.BadExpansion, e.Message);
            var failure = new Failure(typeof(ExpansionException).FullName!, e.Message);
            FailReported(new JobCommand.FailAttempt(at, command.Task, command.Attempt, failure), at);
            return null;
        }
    }

    private void StopExpansion(JobCommand.StopExpansion command, DateTimeOffset at)
    {
        if (Standing(command.Task, command.Attempt) == TaskPhase.Running
            && Graph.FindScope(command.Task, command.Key) is { } scope)
            StopScope(at, scope, Reason.OwnerEnded);
    }

    /// <summary>Decides about the owners of scopes that have ended, and about what ended owners leave behind.</summary>
    private void SettleScopes(DateTimeOffset at)
    {
        while (true)
        {
            if (State.Closed.TryDequeue(out var closed)) SettleOwner(at, closed);
            else if (_orphans.TryDequeue(out var orphan)) StopScope(at, orphan, Reason.OwnerEnded);
            else return;
            SkipDoomed(at);
        }
    }

    private void SettleOwner(DateTimeOffset at, JobScope scope)
    {
        var owner = scope.Owner.Number;
        var isParted = State.IsParted(owner);
        switch (State.PhaseOf(owner))
        {
            case TaskPhase.Stopping when isParted:
                if (!State.OpenScopesOf(owner).Any()) HasStopped(owner, at);
                break;
            case TaskPhase.Expanded when isParted:
                var failure = FailureOf(scope);
                Emit(new JobEvent.AttemptFailed(
                    at, owner, State.AttemptOf(owner), Reason.PartsFailed, failure));
                Supervise(at, owner, failure, Reason.PartsFailed);
                break;
            case TaskPhase.Expanded or TaskPhase.Running or TaskPhase.Stopping when scope.Expansion.Key is not null:
                Emit(new JobEvent.TaskContinued(at, owner, State.AttemptOf(owner), scope.Number));
                break;
        }
    }

    private Failure FailureOf(JobScope scope)
    {
        const int Shown = 3;
        const int MostTypes = 64;
        var failed = Enumerable.Range(scope.First, scope.Count)
            .Where(task => State.PhaseOf(task) == TaskPhase.Failed)
            .Select(task => (Graph[task].Name, Failure: State.FailureOf(task)!)).ToList();
        var named = failed.Take(Shown).Select(part => $"'{part.Name}': {part.Failure.Describe()}");
        var more = failed.Count > Shown ? $"; and {failed.Count - Shown} more" : "";
        return new Failure(
            Failure.PartsFailedType,
            $"{failed.Count} of the {scope.Count} tasks that '{scope.Owner.Name}' had added failed: "
            + string.Join("; ", named) + more)
        {
            // The task's rules speak of what can go wrong inside, whichever part it was.
            BroaderTypes =
            [
                .. failed.SelectMany(part => part.Failure.BroaderTypes.Prepend(part.Failure.Type))
                    .Distinct(StringComparer.Ordinal).Take(MostTypes),
            ],
        };
    }

    /// <summary>A task of a scope has failed: enough of that, and the others stop.</summary>
    private void StopScopeIfDue(DateTimeOffset at, JobScope scope)
    {
        var most = scope.Expansion.StopAfterFailures;
        if (most == 0 || State.StateOf(scope).Failed < most) return;
        SkipDoomed(at);
        StopScope(at, scope, Reason.FailedFast);
    }

    /// <summary>Stops what a scope has under way, and all that was added from there.</summary>
    private void StopScope(DateTimeOffset at, JobScope scope, Reason reason)
    {
        var failure = Stopped(reason, $"what '{scope.Owner.Name}' had added was stopped");
        var open = new Stack<JobScope>([scope]);
        while (open.TryPop(out var next))
        {
            for (var task = next.First; task < next.End; task++)
            {
                if (State.PhaseOf(task).HasEnded()) continue;
                foreach (var inner in State.OpenScopesOf(task)) open.Push(inner);
                StopTask(at, task, reason, failure);
            }
        }
    }

    // Nobody takes what an ended task has still under way; a job that is to end has stopped all already.
    private void NoteEnd(int task)
    {
        if (State.Phase == JobPhase.Stopping) return;
        foreach (var scope in State.OpenScopesOf(task)) _orphans.Enqueue(scope);
    }
}
