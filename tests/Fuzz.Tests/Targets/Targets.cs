namespace ActorFlow.Fuzz.Tests;

/// <summary>All that reads.</summary>
internal static class Targets
{
    private static readonly Dictionary<string, Func<FuzzTarget>> ByName = new(StringComparer.Ordinal)
    {
        ["yaml"] = () => new FlowTarget("yaml", 6_000, FlowTarget.YamlTokens),
        ["json"] = () => new FlowTarget("json", 3_000, FlowTarget.YamlTokens),
        ["workflow"] = () => new FlowTarget("workflow", 5_000, FlowTarget.WorkflowTokens),
        ["gzip"] = () => new GzipTarget(),
        ["package"] = () => new PackageTarget(),
        ["events"] = () => new EventTarget(),
        ["history"] = () => new HistoryTarget(),
        ["journal"] = () => new JournalTarget(),
        ["payload"] = () => new PayloadTarget(),
        ["report"] = () => new ReportTarget(),
        ["set"] = () => new InputTarget("set", isSet: true),
        ["input"] = () => new InputTarget("input", isSet: false),
        ["command"] = () => new CommandTarget(),
    };

    public static IEnumerable<string> Names => ByName.Keys;

    public static FuzzTarget Create(string name) => ByName[name]();
}
