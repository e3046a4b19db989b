namespace ActorFlow.Campaign;

/// <summary>How a host is started.</summary>
/// <param name="Directory">Where its journal and its ledger are.</param>
/// <param name="Plans">The seed of its jobs.</param>
/// <param name="Life">Its own seed: which way it goes on, and what becomes of writes that were not synced.</param>
/// <param name="Power">Whether killing it is a power failure.</param>
/// <param name="Hasty">Whether it tells of appends before they are durable: a fault that has to be found.</param>
internal sealed record HostOptions(string Directory, int Plans, int Life, bool Power, bool Hasty)
{
    public const int Jobs = 4;

    public string Journal => System.IO.Path.Combine(Directory, "journal");

    public string Ledger => System.IO.Path.Combine(Directory, "ledger");
}
