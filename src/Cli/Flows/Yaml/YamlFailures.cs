using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads what to do about failures, and the names of failures.</summary>
internal static class YamlFailures
{
    public static readonly string[] FailureKeys = ["on", "do", "default"];

    // Each task has its own and those of the flow, and each failure goes through them.
    private const int MostRules = 100;

    private static readonly Dictionary<string, Directive> Directives = new(StringComparer.Ordinal)
    {
        ["retry"] = Directive.Retry,
        ["fail"] = Directive.Fail,
        ["ignore"] = Directive.Ignore,
        ["escalate"] = Directive.Escalate,
        ["skip"] = Directive.Skip,
        ["hold"] = Directive.Hold,
    };

    // What a system tells of a process that has ended.
    private static readonly (string Word, int Least, int Most)[] Endings = [("exit", 1, 255), ("signal", 1, 64)];

    /// <summary>The names of failures under a key; what no failure is called is reported.</summary>
    public static string[] Named(YamlFields fields, string key)
    {
        var names = fields.Texts(key);
        if (fields.Find(key) is not { } node) return names;
        if (node is YamlSequenceNode { Children.Count: 0 })
            fields.Report(
                node, $"'{key}' names no failure; leave it out for {(key == "never" ? "none" : "every one")}.");
        var places = (node as YamlSequenceNode)?.Children ?? [node];
        for (var i = 0; i < names.Length; i++)
            if (!MayBeName(names[i]))
                fields.Report(
                    places[i], $"No failure is called '{PlainText.OneLine(names[i])}': there are names of exceptions, "
                    + "'exit N' with N from 1 to 255, and 'signal N' with N from 1 to 64.");
        return names;
    }

    /// <summary>The supervision rules of a mapping.</summary>
    public static IReadOnlyList<SupervisionRule> Rules(
        YamlFields owner, IReadOnlyList<SupervisionRule> over, string? task)
    {
        if (owner.Find("on-failure") is not { } node) return over;
        if (node is not YamlSequenceNode list)
        {
            owner.Report(node, "'on-failure' is a list of rules, each with 'do'.");
            return over;
        }

        if (list.Children.Count > MostRules)
            owner.Report(
                node, $"'on-failure' has {list.Children.Count} rules; {MostRules} is the most.",
                FlowFaultCode.TooLarge);
        var rules = new List<SupervisionRule>();
        foreach (var item in list.Children.Take(MostRules))
        {
            var fields = new YamlFields(item, "A rule of 'on-failure'", FailureKeys, owner.Faults, task);
            var names = Named(fields, "on");
            if (!fields.HasUnknown && IsCovered(names, rules))
                fields.Report(item, rules.Exists(rule => rule.On.Count == 0)
                    ? "This rule is never reached: a rule before it has no 'on', and decides about every failure."
                    : "This rule is never reached: rules before it decide about all failures that it names.");
            if (Rule(fields, item, names) is { } rule) rules.Add(rule);
        }

        return rules;
    }

    private static SupervisionRule? Rule(YamlFields fields, YamlNode item, string[] names)
    {
        if (!fields.Has("do") && !fields.HasUnknown && item is YamlMappingNode)
            fields.Report(item, "A rule of 'on-failure' says what to 'do'.", FlowFaultCode.MissingKey);
        if (fields.Word("do", Directives) is not { } directive) return null;
        var output = fields.Find("default");
        if (output is not null && directive != Directive.Ignore)
        {
            fields.Report(output, "'default' is the output that stands in with 'do: ignore'; no other rule has one.",
                FlowFaultCode.Misplaced);
            output = null;
        }

        return new SupervisionRule(directive)
        {
            On = names,
            DefaultOutput = output is null ? null : Payload.FromJson(YamlJson.Of(output)),
        };
    }

    private static bool IsCovered(string[] names, List<SupervisionRule> before) =>
        before.Exists(rule => rule.On.Count == 0)
        || (names.Length > 0 && names.All(name => before.Exists(
            rule => rule.On.Contains(name, StringComparer.Ordinal))));

    private static bool MayBeName(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) return false;
        foreach (var (word, least, most) in Endings)
        {
            if (!name.StartsWith(word, StringComparison.OrdinalIgnoreCase)) continue;
            var rest = name[word.Length..];
            // An exception may be called ExitException.
            if (rest.Length > 0 && char.IsAsciiLetter(rest[0])) continue;
            return name.StartsWith($"{word} ", StringComparison.Ordinal)
                && int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most;
        }

        return true;
    }
}
