namespace ActorFlow.Cli;

/// <summary>How a command that runs jobs was called.</summary>
internal sealed record SessionSettings
{
    public string DataDirectory { get; init; } = ".actorflow";

    public bool InMemory { get; init; }

    public int? Parallel { get; init; }

    /// <summary>Pools by name, with how many tasks run at once in each, beside those that are always there.</summary>
    public IReadOnlyDictionary<string, int> Pools { get; init; } = new Dictionary<string, int>();

    /// <summary>Resources by name, with how many units there are of each, beside those that are always there.</summary>
    public IReadOnlyDictionary<string, int> Resources { get; init; } = new Dictionary<string, int>();

    public bool Quiet { get; init; }

    public bool Verbose { get; init; }

    public string? LogFile { get; init; }

    /// <summary>The file that the reports of the jobs are written to; null for none.</summary>
    public string? ReportFile { get; init; }

    /// <summary>Where the reports of jobs that end are posted; null for nowhere.</summary>
    public string? NotifyWebhook { get; init; }

    /// <summary>Whether the data directory must be there already: a typing mistake must not make a new one.</summary>
    public bool MustExist { get; init; }
}
