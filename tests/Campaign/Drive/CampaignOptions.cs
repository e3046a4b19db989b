namespace ActorFlow.Campaign;

/// <summary>What a campaign is to be.</summary>
internal sealed record CampaignOptions
{
    /// <summary>How often a process is killed.</summary>
    public required int Cycles { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Whether it is the command line that is killed; otherwise a host of the library.</summary>
    public bool CommandLine { get; init; }

    /// <summary>Whether a kill is a power failure: what was not synced is lost.</summary>
    public bool Power { get; init; }

    /// <summary>Whether the host tells of appends before they are durable, which power failures must show.</summary>
    public bool Hasty { get; init; }
}
