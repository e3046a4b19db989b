using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads policies: retry, time-outs, what to do about failures.</summary>
internal static class YamlPolicies
{
    public static readonly string[] RetryKeys =
    [
        "attempts", "backoff", "initial", "max", "factor", "jitter", "budget", "on", "never", "exhausted", "lost",
    ];

    public static readonly string[] TimeoutKeys = ["attempt", "total", "start", "heartbeat", "grace"];

    public static readonly string[] FailureKeys = ["on", "do", "default"];

    // Each task has its own and those of the flow, and each failure goes through them.
    private const int MostRules = 100;

    private static readonly string[] Pools = [TaskPolicy.ComputePool, TaskPolicy.AsyncPool];

    private static readonly Dictionary<string, BackoffShape> Shapes = new(StringComparer.Ordinal)
    {
        ["constant"] = BackoffShape.Constant,
        ["linear"] = BackoffShape.Linear,
        ["exponential"] = BackoffShape.Exponential,
    };

    private static readonly Dictionary<string, JitterKind> Jitters = new(StringComparer.Ordinal)
    {
        ["none"] = JitterKind.None,
        ["full"] = JitterKind.Full,
        ["equal"] = JitterKind.Equal,
        ["decorrelated"] = JitterKind.Decorrelated,
    };

    private static readonly Dictionary<string, Directive> Directives = new(StringComparer.Ordinal)
    {
        ["retry"] = Directive.Retry,
        ["fail"] = Directive.Fail,
        ["ignore"] = Directive.Ignore,
        ["escalate"] = Directive.Escalate,
        ["skip"] = Directive.Skip,
        ["hold"] = Directive.Hold,
    };

    private static readonly Dictionary<string, Directive> Exhausted = new(StringComparer.Ordinal)
    {
        ["fail"] = Directive.Fail,
        ["skip"] = Directive.Skip,
        ["hold"] = Directive.Hold,
        ["escalate"] = Directive.Escalate,
    };

    /// <summary>The pool of a mapping; null if it names none.</summary>
    public static string? Pool(YamlFields fields) => fields.OneOf("pool", Pools);

    /// <summary>The retry policy of a mapping, over one that it changes key by key.</summary>
    public static RetryPolicy Retry(YamlFields owner, RetryPolicy over, string? task)
    {
        if (owner.Find("retry") is not { } node) return over;
        var fields = new YamlFields(node, "'retry'", RetryKeys, owner.Faults, task);
        var retry = over with
        {
            MaxAttempts = fields.Integer("attempts") ?? over.MaxAttempts,
            Budget = fields.Duration("budget") ?? over.Budget,
            Backoff = Backoff(fields, over.Backoff),
            On = fields.Has("on") ? fields.Texts("on") : over.On,
            Never = fields.Has("never") ? fields.Texts("never") : over.Never,
            MaxLost = fields.Integer("lost") ?? over.MaxLost,
        };
        if (fields.Find("exhausted") is YamlMappingNode standIn)
        {
            var value = new YamlFields(standIn, "'exhausted'", ["default"], owner.Faults, task).Find("default");
            return retry with
            {
                OnExhausted = Directive.Ignore,
                DefaultOutput = value is null ? null : Payload.FromJson(YamlJson.Of(value)),
            };
        }

        return fields.Word("exhausted", Exhausted) is { } directive
            ? retry with { OnExhausted = directive, DefaultOutput = null }
            : retry;
    }

    private static Backoff Backoff(YamlFields fields, Backoff over)
    {
        var backoff = over with
        {
            Shape = fields.Word("backoff", Shapes) ?? over.Shape,
            Initial = fields.Duration("initial") ?? over.Initial,
            Max = fields.Duration("max") ?? over.Max,
            Factor = fields.Number("factor") ?? over.Factor,
        };
        if (fields.Find("jitter") is not YamlScalarNode { Value: { } text } jitter) return backoff;
        if (Jitters.TryGetValue(text, out var kind)) return backoff with { Jitter = kind };
        if (double.TryParse(
            text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture,
                out var f))
            return backoff with { Jitter = JitterKind.Spread, JitterFraction = f };
        fields.Report(jitter, $"'jitter' is a fraction from 0 to 1, or one of {string.Join(", ", Jitters.Keys)}; "
            + $"'{text}' is neither.");
        return backoff;
    }

    /// <summary>The time-outs of a mapping: a duration is that of an attempt.</summary>
    public static TaskTimeouts Timeouts(YamlFields owner, TaskTimeouts over, string? task)
    {
        if (owner.Find("timeout") is not { } node) return over;
        if (node is YamlScalarNode) return over with { Attempt = owner.Duration("timeout") ?? over.Attempt };
        var fields = new YamlFields(node, "'timeout'", TimeoutKeys, owner.Faults, task);
        return over with
        {
            Attempt = fields.Duration("attempt") ?? over.Attempt,
            Total = fields.Duration("total") ?? over.Total,
            Start = fields.Duration("start") ?? over.Start,
            Heartbeat = fields.Duration("heartbeat") ?? over.Heartbeat,
            Grace = fields.Duration("grace") ?? over.Grace,
        };
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
            if (!fields.Has("do"))
                owner.Report(item, "A rule of 'on-failure' says what to 'do'.", FlowFaultCode.MissingKey);
            if (fields.Word("do", Directives) is not { } directive) continue;
            rules.Add(new SupervisionRule(directive)
            {
                On = fields.Texts("on"),
                DefaultOutput = fields.Find("default") is { } value ? Payload.FromJson(YamlJson.Of(value)) : null,
            });
        }

        return rules;
    }
}
