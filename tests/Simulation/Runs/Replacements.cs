namespace ActorFlow.Simulation;

/// <summary>What must hold of a job whose flow was replaced by another.</summary>
internal static class Replacements
{
    /// <summary>
    /// No attempt has a number that its task had before; what is kept was recorded with just that output, and does not
    /// run again.
    /// </summary>
    /// <returns>How often the flow was replaced.</returns>
    public static int Check(IReadOnlyList<JobEvent> events)
    {
        var replaced = events.Count(fact => fact is JobEvent.FlowReplaced);
        if (replaced == 0) return 0;
        var (names, attempts) = (new List<string>(), new HashSet<(string, int)>());
        var (kept, outputs) = (new HashSet<int>(), new Dictionary<string, string?>());
        foreach (var fact in events)
        {
            JobEvents.Follow(fact, names);
            if (JobEvents.BeginningIn(fact) is { } begun)
            {
                var taken = begun.Taken?.Tasks.Where(task => task.Phase == TaskPhase.Succeeded).ToList() ?? [];
                kept = [.. taken.Select(task => task.Task)];
                if (fact is JobEvent.FlowReplaced)
                    foreach (var task in taken) Assert.Equal(outputs[names[task.Task]], task.Output?.ToString());
                outputs = taken.ToDictionary(task => names[task.Task], task => task.Output?.ToString());
            }

            switch (fact)
            {
                case JobEvent.TaskStarted e:
                    Assert.True(attempts.Add((names[e.Task], e.Attempt)), $"{fact} is there twice.");
                    Assert.DoesNotContain(e.Task, kept);
                    break;
                case JobEvent.TaskSucceeded e: outputs[names[e.Task]] = e.Output.ToString(); break;
                case JobEvent.TaskIgnored e: outputs[names[e.Task]] = e.Output.ToString(); break;
            }
        }

        return replaced;
    }
}
