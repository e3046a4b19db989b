using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads what is kept of a task's runs: <c>cache</c>, <c>up-to-date</c> and <c>save</c>.</summary>
internal static class YamlKeeping
{
    public static readonly string[] Keys = ["cache", "up-to-date", "save"];

    public static readonly string[] CacheKeys = ["key", "ttl", "name"];

    public static readonly string[] UpToDateKeys = ["inputs", "outputs", "directory", "always"];

    public static readonly string[] SaveKeys = ["key", "format"];

    // What tasks of files give is JSON: bytes are for .NET.
    private static readonly string[] Formats = ["json", "text"];

    private static readonly string[] Placeholders = ["flow", "index", "input", "item", "job", "key", "task"];

    /// <summary>What is kept; null if nothing is.</summary>
    public static Keeping? Read(YamlFields task, YamlScope scope)
    {
        if (task.FirstOf(Keys) is null) return null;
        var keeping = new Keeping
        {
            Cache = Cache(task, scope),
            UpToDate = UpToDate(task, scope),
            Saves = Saves(task, scope),
        };
        if (keeping is { Cache: not null, UpToDate.Outputs.Count: > 0 })
            scope.Report(
                task.Find("cache")!,
                "'cache' does not go with 'outputs' of 'up-to-date': with a result from the cache the files would "
                + "still be those of other values.");
        return keeping;
    }

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
            CheckKey(node, key, scope);
            return new SaveRule(key, null);
        }

        var fields = new YamlFields(node, "'save'", SaveKeys, scope.Faults, scope.Task);
        var format = Format(fields);
        if (fields.Find("key") is YamlScalarNode { Value: { Length: > 0 } named } at)
        {
            CheckKey(at, named, scope);
            return new SaveRule(named, format);
        }

        if (!fields.HasUnknown)
            scope.Report(
                node, "'save' is the key of a dataset, a list of keys, or a mapping with 'key' and 'format'.");
        return null;
    }

    private static string? Format(YamlFields fields)
    {
        if (fields.Text("format") is not { } format) return null;
        if (!Formats.Contains(format, StringComparer.OrdinalIgnoreCase))
            fields.Report(
                fields.Find("format")!,
                $"'format' is one of {string.Join(", ", Formats)}, and '{format}' is none of them."
                + fields.Faults.Suggest(format, Formats));
        return format;
    }

    /// <summary>Reports what no value can mend: names that are none, and placeholders of other languages.</summary>
    private static void CheckKey(YamlNode node, string key, YamlScope scope)
    {
        scope.Check(node);
        if (Templates.HasOther(key)) return;
        foreach (var name in Placeholders)
            if (key.Contains($"{{{name}}}", StringComparison.Ordinal)
                && !key.Contains($"${{{name}}}", StringComparison.Ordinal))
                scope.Report(node, $"'{{{name}}}' in the key '{key}' stands for nothing: a reference has a '$' before "
                    + $"it, as in ${{{(name switch { "index" => "key", "input" => "input.NAME", _ => name })}}}.");
        // Values are escaped, so that one letter does for any.
        if (DatasetKeys.Fault(Templates.Fill(key, _ => "x")) is { } fault) scope.Report(node, fault);
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
