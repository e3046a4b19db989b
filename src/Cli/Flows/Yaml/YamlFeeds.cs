using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>A task that says itself that another needs it.</summary>
/// <param name="From">The task whose output is handed over.</param>
/// <param name="Parameter">The parameter that takes it; null for one named after the task.</param>
/// <param name="IsOptional">Whether the task may fail or be skipped.</param>
/// <param name="Node">Where it says so.</param>
internal sealed record YamlFeed(string From, string? Parameter, bool IsOptional, YamlNode Node);

/// <summary>What the tasks of a flow feed: needs that are written on the other side.</summary>
internal sealed class YamlFeeds
{
    private readonly Dictionary<string, List<YamlFeed>> _byTarget = new(StringComparer.OrdinalIgnoreCase);
    private readonly YamlFaults _faults;

    /// <summary>Reads <c>feeds</c> of all tasks.</summary>
    public YamlFeeds(YamlMappingNode tasks, YamlFaults faults)
    {
        _faults = faults;
        foreach (var (key, value) in tasks.Children)
            if (key is YamlScalarNode { Value: { } name } && value is YamlMappingNode task)
                foreach (var (field, node) in task.Children)
                    if (field is YamlScalarNode { Value: "feeds" }) Read(name, node);
    }

    /// <summary>The tasks that feed one.</summary>
    public IEnumerable<YamlFeed> Of(string task) => _byTarget.GetValueOrDefault(task) ?? [];

    /// <summary>Reports what feeds a task that is not there.</summary>
    public void RequireTargets(IEnumerable<string> tasks)
    {
        var known = tasks.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (target, feeds) in _byTarget)
        {
            if (known.Contains(target)) continue;
            foreach (var feed in feeds)
                _faults.Report(
                    feed.Node,
                    $"Task '{feed.From}' feeds '{target}', and there is no task of that name."
                    + _faults.Suggest(target, known),
                    feed.From,
                    FlowFaultCode.UnknownTask);
        }
    }

    private void Read(string from, YamlNode node)
    {
        switch (node)
        {
            case YamlScalarNode one: Add(from, one, null); break;
            case YamlSequenceNode list:
                foreach (var item in list.Children) Add(from, item, null);
                break;
            case YamlMappingNode mapping:
                foreach (var (target, parameter) in mapping.Children) Add(from, target, parameter);
                break;
        }
    }

    private void Add(string from, YamlNode target, YamlNode? parameter)
    {
        if (target is not YamlScalarNode { Value: { Length: > 0 } text }
            || parameter is not (null or YamlScalarNode { Value.Length: > 0 }))
        {
            _faults.Report(
                target, "'feeds' is the name of a task, a list of names, or names with the parameter of each.", from);
            return;
        }

        var name = text.EndsWith('?') ? text[..^1] : text;
        if (!_byTarget.TryGetValue(name, out var feeds)) _byTarget[name] = feeds = [];
        feeds.Add(new YamlFeed(from, (parameter as YamlScalarNode)?.Value, text.EndsWith('?'), target));
    }
}
