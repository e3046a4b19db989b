using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads policies: retry, time-outs, pools.</summary>
internal static class YamlPolicies
{
    public static readonly string[] RetryKeys =
    [
        "attempts", "backoff", "initial", "max", "factor", "jitter", "budget", "on", "never", "exhausted", "lost",
    ];

    public static readonly string[] TimeoutKeys = ["attempt", "total", "start", "heartbeat", "grace"];

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

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
            MaxAttempts = fields.Within("attempts", 1, Limits.Attempts) ?? over.MaxAttempts,
            Budget = fields.Positive("budget") ?? over.Budget,
            Backoff = Backoff(fields, over.Backoff),
            On = fields.Has("on") ? YamlFailures.Named(fields, "on") : over.On,
            Never = fields.Has("never") ? YamlFailures.Named(fields, "never") : over.Never,
            MaxLost = fields.Within("lost", 0) ?? over.MaxLost,
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
        if (backoff.Max < backoff.Initial && (fields.Find("max") ?? fields.Find("initial")) is { } delay)
        {
            fields.Report(
                delay, "The first delay, 'initial', is longer than the longest, 'max', which is 1h if it is not said.",
                FlowFaultCode.BadPolicy);
            backoff = backoff with { Initial = over.Initial, Max = over.Max };
        }

        if (fields.Find("factor") is { } by && (!(backoff.Factor >= 1) || double.IsInfinity(backoff.Factor)))
        {
            fields.Report(by, $"'factor' is {backoff.Factor.ToString(Invariant)}; it must be 1 or more.",
                FlowFaultCode.BadPolicy);
            backoff = backoff with { Factor = over.Factor };
        }

        return Jitter(fields, backoff);
    }

    private static Backoff Jitter(YamlFields fields, Backoff backoff)
    {
        if (fields.Find("jitter") is not YamlScalarNode { Value: { } text } jitter) return backoff;
        if (Jitters.TryGetValue(text, out var kind)) return backoff with { Jitter = kind };
        if (double.TryParse(text, NumberStyles.Float, Invariant, out var f) && f is >= 0 and <= 1)
            return backoff with { Jitter = JitterKind.Spread, JitterFraction = f };
        fields.Report(jitter, $"'jitter' is a fraction from 0 to 1, or one of {string.Join(", ", Jitters.Keys)}; "
            + $"'{text}' is neither.");
        return backoff;
    }

    /// <summary>The time-outs of a mapping: a duration is that of an attempt.</summary>
    public static TaskTimeouts Timeouts(YamlFields owner, TaskTimeouts over, string? task)
    {
        if (owner.Find("timeout") is not { } node) return over;
        if (node is YamlScalarNode) return over with { Attempt = owner.Positive("timeout") ?? over.Attempt };
        var fields = new YamlFields(node, "'timeout'", TimeoutKeys, owner.Faults, task);
        return over with
        {
            Attempt = fields.Positive("attempt") ?? over.Attempt,
            Total = fields.Positive("total") ?? over.Total,
            Start = fields.Positive("start") ?? over.Start,
            Heartbeat = fields.Positive("heartbeat") ?? over.Heartbeat,
            Grace = fields.Duration("grace") ?? over.Grace,
        };
    }
}
