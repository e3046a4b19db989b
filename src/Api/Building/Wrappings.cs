using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>What is put around the code of a task, whatever order it was said in.</summary>
internal sealed record Wrappings
{
    /// <summary>Nothing, as around most tasks.</summary>
    public static Wrappings None { get; } = new();

    /// <summary>What decides whether the task runs at all.</summary>
    public IReadOnlyList<Func<TaskBody, TaskBody>> Guards { get; init; } = [];

    /// <summary>What saves its output.</summary>
    public IReadOnlyList<Func<TaskBody, TaskBody>> Saves { get; init; } = [];

    /// <summary>What caches its results; null if nothing does.</summary>
    public Func<TaskPlan, TaskBody, TaskBody>? Cache { get; init; }

    /// <summary>Where its flow caches results; null for where the engine does.</summary>
    public ICacheStore? CacheStore { get; init; }

    /// <summary>What keeps the state of its runs; null if nothing does.</summary>
    public Func<TaskPlan, TaskBody, TaskBody>? UpToDate { get; init; }

    /// <summary>Whether it was declared to write files.</summary>
    public bool WritesFiles { get; init; }

    /// <summary>Where its flow keeps datasets; null for where the engine does.</summary>
    public IDatasetStore? Datasets { get; init; }

    /// <summary>
    /// Code with everything around it in its order: conditions decide first, then whether there is anything to do, then
    /// whether the result is there already; an output is saved before it is cached.
    /// </summary>
    public TaskBody Around(TaskPlan plan, TaskBody body)
    {
        foreach (var save in Saves) body = save(body);
        if (Cache is not null) body = Cache(plan, body);
        if (UpToDate is not null) body = UpToDate(plan, body);
        foreach (var guard in Guards) body = guard(body);
        return Datasets is null ? body : new DatasetsBody(body, Datasets);
    }
}
