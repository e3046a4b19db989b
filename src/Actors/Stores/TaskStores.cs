namespace ActorFlow.Actors;

/// <summary>What there is for tasks beyond their job: cached results, datasets, and the state of last runs.</summary>
public sealed record TaskStores
{
    /// <summary>Where results are cached, unless a flow or a task says otherwise. The default is in memory.</summary>
    public ICacheStore Cache { get; init; } = new MemoryCacheStore();

    /// <summary>Where datasets are kept. The default is in memory.</summary>
    public IDatasetStore Datasets { get; init; } = new MemoryDatasetStore();

    /// <summary>How values are written as datasets. The default is the built-in formats.</summary>
    public DatasetFormats Formats { get; init; } = new();

    /// <summary>How values are written as JSON wherever they leave the job. The default is as in journals.</summary>
    public JsonPayloadCodec Json { get; init; } = new();

    /// <summary>
    /// The directories of tasks that stay from job to job. The default is a directory of these stores alone among the
    /// temporary files, made when first needed; whoever uses it removes it.
    /// </summary>
    public RunSpace Runs { get; init; } = new(
        Path.Combine(Path.GetTempPath(), $"actorflow-{Guid.NewGuid():N}", "runs"));
}
