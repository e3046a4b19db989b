namespace ActorFlow.TestKit;

/// <summary>The resources of a test: enough of each that a flow names for every one of its tasks.</summary>
internal static class FlowResources
{
    /// <summary>Units by resource.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="least">How many units there are of each at least.</param>
    public static IReadOnlyDictionary<string, int> Of(Flow flow, int least)
    {
        var units = new Dictionary<string, int>(StringComparer.Ordinal) { [ResourceNeeds.Processors] = least };
        foreach (var need in flow.Policies.SelectMany(policy => policy.Needs))
            units[need.Resource] = Math.Max(need.Units, units.GetValueOrDefault(need.Resource, least));
        return units;
    }
}
