namespace ActorFlow.Actors;

/// <summary>Says how a flow differs from the one that a job was submitted with.</summary>
internal static class FlowDifference
{
    /// <summary>Makes sure that a job's events speak of this flow.</summary>
    /// <exception cref="FlowChangedException">They do not.</exception>
    public static void RequireSame(SubmittedJob job, Flow flow)
    {
        if (job.FlowFingerprint != flow.Fingerprint)
            throw new FlowChangedException(job.Id, Describe(job, flow));
    }

    public static string Describe(SubmittedJob job, Flow flow)
    {
        if (job.FlowName != flow.Name) return $"it is '{flow.Name}' and was '{job.FlowName}'";
        var parts = new List<string>();
        var before = job.TaskNames.ToHashSet(StringComparer.OrdinalIgnoreCase);
        Add(parts, "added", flow.TaskNames.Where(name => !before.Contains(name)));
        Add(parts, "removed", job.TaskNames.Where(name => !flow.TryFind(name, out _)));
        if (job.TaskDigests.Count == job.TaskNames.Count)
            Add(parts, "changed", job.TaskNames.Where((name, number) =>
                flow.TryFind(name, out var now) && flow.TaskDigests[now] != job.TaskDigests[number]));
        return parts.Count == 0 ? "the order of its tasks changed" : string.Join("; ", parts);
    }

    private static void Add(List<string> parts, string what, IEnumerable<string> names)
    {
        var all = names.ToList();
        if (all.Count == 0) return;
        var shown = string.Join(", ", all.Take(5).Select(name => $"'{name}'"));
        var more = all.Count > 5 ? $" and {all.Count - 5} more" : "";
        parts.Add($"{(all.Count == 1 ? "task" : "tasks")} {shown}{more} {what}");
    }
}
