using System.Globalization;

namespace ActorFlow.Campaign;

/// <summary>What a campaign has come through.</summary>
internal sealed class Tally
{
    private readonly Dictionary<LifeKind, int> _kills = [];

    public int Kills => _kills.Values.Sum();

    public int Rounds { get; set; }

    public int Jobs { get; set; }

    /// <summary>What was said to be durable.</summary>
    public int Acknowledged { get; set; }

    /// <summary>Attempts that ran when their process was killed.</summary>
    public int Lost { get; set; }

    public int KillsWhile(LifeKind kind) => _kills.GetValueOrDefault(kind);

    public void AddKill(LifeKind kind) => _kills[kind] = KillsWhile(kind) + 1;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Kills} kills ({KillsWhile(LifeKind.Opening)} before the journal was open, {KillsWhile(LifeKind.Working)} "
        + $"during work, {KillsWhile(LifeKind.Ending)} at the end), {Rounds} rounds, {Jobs} jobs, "
        + $"{Acknowledged} acknowledgements, {Lost} attempts lost");
}
