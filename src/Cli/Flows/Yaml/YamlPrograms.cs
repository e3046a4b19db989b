using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads what a task says of resources and markers.</summary>
internal static class YamlPrograms
{
    // Each line that a command prints goes through them.
    private const int MostPatterns = 100;

    /// <summary>The resources of a task: a name for one unit, or a mapping of names to units.</summary>
    public static ResourceNeeds Needs(YamlFields fields, string task)
    {
        var needs = ResourceNeeds.None;
        if (fields.Find("resources") is not { } node) return needs;
        if (node is not YamlMappingNode mapping)
            return fields.Text("resources") is { } one ? needs.With(one, 1) : needs;
        var names = mapping.Children.Keys.Select(key => fields.Faults.Name(key, task)).ToList();
        var units = new YamlFields(node, "'resources'", names, fields.Faults, task);
        foreach (var name in names)
            if (units.Within(name, 1) is { } count) needs = needs.With(name, count);
        return needs;
    }

    /// <summary>The patterns of the lines that are markers: names of known ones, or patterns of one's own.</summary>
    public static IReadOnlyList<MarkerPattern> Markers(YamlFields fields)
    {
        if (!fields.Has("markers")) return [];
        var patterns = new List<MarkerPattern>();
        var texts = fields.Texts("markers");
        if (texts.Length > MostPatterns)
            fields.Report(
                fields.Find("markers")!, $"'markers' has {texts.Length} patterns; {MostPatterns} is the most.",
                FlowFaultCode.TooLarge);
        var places = (fields.Find("markers") as YamlSequenceNode)?.Children ?? [fields.Find("markers")!];
        foreach (var (text, place) in texts.Zip(places).Take(MostPatterns))
        {
            try
            {
                patterns.Add(MarkerPattern.Named.TryGetValue(text, out var known) ? known : MarkerPattern.Of(text));
            }
            catch (ActorFlowException e)
            {
                fields.Report(place, e.Message);
            }
        }

        return patterns;
    }
}
