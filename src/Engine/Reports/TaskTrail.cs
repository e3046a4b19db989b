namespace ActorFlow;

/// <summary>Follows one task through the events of its job: under another flow it had another number.</summary>
/// <param name="name">The task's name.</param>
/// <param name="number">Its number where the events begin, unless they begin with the submit.</param>
internal sealed class TaskTrail(string name, int number)
{
    private int _number = number;
    private int? _count;

    /// <summary>Whether the next event is about the task.</summary>
    public bool IsAbout(JobEvent fact)
    {
        See(fact);
        return _number >= 0 && JobEvents.TaskOf(fact) == _number;
    }

    /// <summary>What is taken over of the task, where an event says that its job begins; null if nothing is.</summary>
    public TakenTask? TakenIn(JobEvent fact) =>
        JobEvents.BeginningIn(fact)?.Taken?.Tasks.FirstOrDefault(taken => taken.Task == _number);

    private void See(JobEvent fact)
    {
        if (JobEvents.BeginningIn(fact) is not null) (_number, _count) = (-1, 0);
        if (_count is not { } count) return;
        var names = JobEvents.TaskNamesIn(fact);
        for (var i = 0; _number < 0 && i < names.Count; i++)
            if (string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase)) _number = count + i;
        _count = count + names.Count;
    }
}
