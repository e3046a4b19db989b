namespace ActorFlow.Engine;

/// <summary>Decides which recorded results a job begins with, under a flow that may be another one.</summary>
/// <remarks>
/// A result is taken over if the task has succeeded, and neither it nor any task that it needs, directly or not, has
/// changed, or is one from which a fork runs. What a task makes of a failure is kept though that runs again: a retry
/// does the same. What the task had added comes with it, as history.
/// </remarks>
public sealed class Takeover
{
    private readonly JobPast _past;
    private readonly Flow _flow;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _isFork;

    private Takeover(JobPast past, Flow flow, bool isFork)
    {
        (_past, _flow, _isFork) = (past, flow, isFork);
        for (var task = 0; task < past.Job.TaskNames.Count; task++) _numbers[past.Job.TaskNames[task]] = task;
    }

    /// <summary>What a job goes on with whose flow is replaced.</summary>
    /// <param name="past">The job as it is.</param>
    /// <param name="flow">The flow that it is to run.</param>
    /// <param name="choice">What to do with the results that there are.</param>
    internal static TakenOver Of(JobPast past, Flow flow, ChangedFlow choice)
    {
        var takeover = new Takeover(past, flow, isFork: false);
        return takeover.Collect(choice == ChangedFlow.KeepUnchanged
            ? takeover.Unchanged((_, _) => true)
            : new bool[flow.Tasks.Count]);
    }

    /// <summary>What a fork of an ended job begins with.</summary>
    /// <param name="past">The job.</param>
    /// <param name="flow">The flow of the fork, which may be another one.</param>
    /// <param name="from">
    /// The name of the task from which on it runs: this one, and all that need it. Those that it needs are shared;
    /// others are if they can be.
    /// </param>
    /// <param name="input">The input of the fork, which may be another one.</param>
    /// <exception cref="ActorFlowException">The flow has no such task.</exception>
    /// <exception cref="JobRejectedException">
    /// The job has not ended, a task that comes before has no result to share, or they are too large.
    /// </exception>
    public static TakenOver Fork(JobPast past, Flow flow, string from, Payload input)
    {
        ArgumentNullException.ThrowIfNull(past);
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(input);
        var id = past.Job.Id;
        if (!past.Phase.HasEnded())
            throw new JobRejectedException(id, "It has not ended; only an ended job can be forked.");
        var point = flow[from].Number;
        var before = new bool[flow.Tasks.Count];
        foreach (var task in flow.Dependencies(point)) before[task] = true;
        var isSameInput = past.Job.Input.Matches(input);
        var takeover = new Takeover(past, flow, isFork: true);
        // What comes before is shared though it had another input: that is what a fork is asked for.
        var shared = takeover.Unchanged((task, then) =>
            task != point && (before[task] || isSameInput || !ReadsInput(flow.Tasks[task])));
        foreach (var task in flow.Edges.TopologicalOrder())
            if (before[task] && !shared[task]) throw new JobRejectedException(id, takeover.Missing(task, point));
        var taken = takeover.Collect(shared);
        return Problem(taken, flow) is { } problem ? throw new JobRejectedException(id, problem.Message) : taken;
    }

    /// <summary>Why a job of a flow cannot take it over; null if it can.</summary>
    internal static Rejection? Problem(TakenOver taken, Flow flow)
    {
        if (taken.Size > Limits.TakenBytes)
            return new Rejection(
                RejectionCode.TooLarge,
                $"The results to take over take {taken.Size} bytes; {Limits.TakenBytes} is the most. "
                + "Run more of it again.");
        var count = flow.Tasks.Count + taken.Scopes.Sum(scope => (long)scope.TaskNames.Count);
        if (count > Limits.Tasks)
            return new Rejection(
                RejectionCode.TooLarge,
                $"With those that are taken over it would have {count} tasks; {Limits.Tasks} is the most.");
        foreach (var scope in taken.Scopes)
            if (scope.TaskNames.FirstOrDefault(name => flow.TryFind(name, out _)) is { } name)
                return new Rejection(
                    RejectionCode.FlowChanged,
                    $"Task '{name}' of flow '{flow.Name}' has the name of one that was added to the job before, whose "
                    + "result is to be kept: give it another name.");
        return null;
    }

    private static bool ReadsInput(FlowTask task) =>
        task.SeesInput || task.Inputs.Any(input => input is TaskInput.FromJob);

    /// <summary>The tasks of the flow whose results are as good as if they had run now.</summary>
    private bool[] Unchanged(Func<int, PastTask, bool> isToStay)
    {
        var isSame = new bool[_flow.Tasks.Count];
        foreach (var task in _flow.Edges.TopologicalOrder())
        {
            isSame[task] = Before(task) is { } then && IsSame(task) && isToStay(task, then);
            foreach (var up in _flow.Edges.Upstream(task)) isSame[task] &= isSame[up.Task];
        }

        for (var task = 0; task < isSame.Length; task++)
            isSame[task] &= Before(task) is { Phase: TaskPhase.Succeeded };
        return isSame;
    }

    private PastTask? Before(int task) =>
        _numbers.TryGetValue(_flow.Tasks[task].Name, out var then) ? _past.Tasks[then] : null;

    // A job without digests cannot say what has changed: then everything has.
    private bool IsSame(int task)
    {
        var digests = _past.Job.TaskDigests;
        return digests.Count == _past.Job.TaskNames.Count
            && digests[_numbers[_flow.Tasks[task].Name]] == _flow.TaskDigests[task];
    }

    // Of the first in topological order: the fault is its own, not one of a task that it needs.
    private string Missing(int task, int point)
    {
        var why = Before(task) switch
        {
            null => "the job did not have it",
            _ when !IsSame(task) => "it has changed since",
            var then => $"it is {ReportWords.Of(then.Phase)}",
        };
        return $"Task '{_flow.Tasks[task].Name}', which '{_flow.Tasks[point].Name}' needs, has no result to share: "
            + $"{why}. Fork from it, or from a task before it.";
    }

    private TakenOver Collect(bool[] isTaken)
    {
        var now = new Dictionary<int, int>();
        var pairs = new List<(int Then, int Now)>();
        for (var task = 0; task < isTaken.Length; task++)
            if (isTaken[task]) Add(_numbers[_flow.Tasks[task].Name], task);
        var scopes = new List<TakenScope>();
        var next = _flow.Tasks.Count;
        foreach (var scope in _past.Scopes)
        {
            if (!now.TryGetValue(scope.Owner, out var owner)) continue;
            scopes.Add(new TakenScope(owner, scope.Expansion, scope.TaskNames));
            for (var i = 0; i < scope.TaskNames.Count; i++) Add(scope.First + i, next++);
        }

        return new TakenOver([.. pairs.Select(pair => Taken(pair.Then, pair.Now, now))], scopes, Used(pairs));

        void Add(int then, int task)
        {
            now.Add(then, task);
            pairs.Add((then, task));
        }
    }

    // A part may outlive the task that had added it; nobody wants it any more.
    private TakenTask Taken(int then, int task, Dictionary<int, int> now)
    {
        var result = _past.Tasks[then];
        var hasEnded = result.Phase.HasEnded();
        return new TakenTask(task, hasEnded ? result.Phase : TaskPhase.Cancelled)
        {
            IsShared = _isFork || result.IsShared,
            Attempt = _isFork ? 0 : result.Attempt,
            Reason = hasEnded ? result.Reason : Reason.OwnerEnded,
            Cause = now.GetValueOrDefault(result.Cause, -1),
            Output = result.Phase == TaskPhase.Succeeded ? result.Output : null,
            Failure = result.Failure,
            Notes = result.Phase == TaskPhase.Succeeded ? result.Notes : null,
            StartedAt = _isFork ? null : result.StartedAt,
            EndedAt = _isFork || !hasEnded ? null : result.EndedAt,
        };
    }

    private List<UsedAttempts> Used(List<(int Then, int Now)> taken)
    {
        if (_isFork) return [];
        var names = taken.Select(pair => _past.Tasks[pair.Then].Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. _past.Attempts.Where(used => !names.Contains(used.Task))];
    }
}
