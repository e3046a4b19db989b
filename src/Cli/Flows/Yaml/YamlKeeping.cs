using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads what is kept of a task's runs: <c>cache</c>, <c>up-to-date</c> and <c>save</c>.</summary>
internal static class YamlKeeping
{
    public static readonly string[] Keys = ["cache", "up-to-date", "save"];

    public static readonly string[] CacheKeys = ["key", "ttl", "name"];

    public static readonly string[] UpToDateKeys = ["inputs", "outputs", "directory", "always"];

    public static readonly string[] SaveKeys = ["key", "format"];

    /// <summary>What is kept; null if nothing is.</summary>
    public static Keeping? Read(YamlFields task, YamlScope scope) => Keys.Any(task.Has)
        ? new Keeping
        {
            Cache = Cache(task, scope),
            UpToDate = UpToDate(task, scope),
            Saves = Saves(task, scope),
        }
        : null;

    private static CacheRule? Cache(YamlFields task, YamlScope scope)
    {
        if (task.Find("cache") is not { } node) return null;
        if (node is YamlScalarNode) return task.Flag("cache") == true ? new CacheRule(null, null, null) : null;
        var fields = new YamlFields(node, "'cache'", CacheKeys, scope.Faults, scope.Task);
        var life = fields.Duration("ttl");
        if (life <= TimeSpan.Zero) fields.Report(fields.Find("ttl")!, "'ttl' is a duration longer than zero.");
        return new CacheRule(Text(fields, "key", scope), life, fields.Text("name"));
    }

    private static UpToDateRule? UpToDate(YamlFields task, YamlScope scope)
    {
        if (task.Find("up-to-date") is not { } node) return null;
        if (node is YamlScalarNode)
            return task.Flag("up-to-date") == true ? new UpToDateRule([], [], null, Always: false) : null;
        var fields = new YamlFields(node, "'up-to-date'", UpToDateKeys, scope.Faults, scope.Task);
        return new UpToDateRule(
            Texts(fields, "inputs", scope), Texts(fields, "outputs", scope), Text(fields, "directory", scope),
            fields.Flag("always") ?? false);
    }

    private static List<SaveRule> Saves(YamlFields task, YamlScope scope) => task.Find("save") switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children.Select(item => Save(item, scope)).OfType<SaveRule>()],
        var one => Save(one, scope) is { } save ? [save] : [],
    };

    private static SaveRule? Save(YamlNode node, YamlScope scope)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } key })
        {
            scope.Check(node);
            return new SaveRule(key, null);
        }

        var fields = new YamlFields(node, "'save'", SaveKeys, scope.Faults, scope.Task);
        if (Text(fields, "key", scope) is { Length: > 0 } named) return new SaveRule(named, fields.Text("format"));
        scope.Report(node, "'save' is the key of a dataset, a list of keys, or a mapping with 'key' and 'format'.");
        return null;
    }

    private static string? Text(YamlFields fields, string key, YamlScope scope)
    {
        if (fields.Find(key) is { } node) scope.Check(node);
        return fields.Text(key);
    }

    private static string[] Texts(YamlFields fields, string key, YamlScope scope)
    {
        if (fields.Find(key) is { } node) scope.Check(node);
        return fields.Texts(key);
    }
}
