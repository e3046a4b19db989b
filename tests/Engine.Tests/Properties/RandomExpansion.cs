namespace ActorFlow.Engine.Tests.Properties;

/// <summary>What a task of a random flow may add: maps, nested flows, rounds of loops, small graphs.</summary>
internal static class RandomExpansion
{
    /// <summary>An expansion of a task that may grow.</summary>
    /// <param name="choices">Where it comes from.</param>
    /// <param name="owner">The task.</param>
    /// <param name="number">How many there were before it: names are not used again.</param>
    /// <param name="key">What a running attempt waits for it by; null if the attempt ends with it.</param>
    public static Expansion Of(Choices choices, FlowTask owner, int number, string? key)
    {
        var prefix = key ?? $"{number}";
        var (templates, source) = TemplatesFrom(choices, owner);
        var parts = new ExpansionPart[choices.Below(5)];
        for (var i = 0; i < parts.Length; i++)
        {
            var name = choices.OneIn(3) ? $"[{prefix}.{i}]" : $"{prefix}.{i}";
            var template = choices.Below(templates.Count);
            parts[i] = new ExpansionPart(name, template) { Input = Payload.FromJson($"{i}") };
            if (i > 0 && choices.OneIn(3)) parts[i] = Bound(choices, templates, parts, i);
        }

        // Now and then it does not fit.
        if (parts.Length > 0 && choices.OneIn(20)) parts[^1] = parts[^1] with { Template = templates.Count };
        return new Expansion(parts)
        {
            StopAfterFailures = choices.Of(0, 0, 1, 2),
            HandsOverFailures = choices.OneIn(3),
            MaxParallel = choices.OneIn(3) ? 1 + choices.Below(2) : null,
            Result = parts.Length > 0 && choices.OneIn(2) ? choices.Below(parts.Length) : null,
            Key = key,
            Source = source is not null && choices.OneIn(20) ? RandomMaker.NoSource : source,
        };
    }

    private static (IReadOnlyList<FlowTemplate> Templates, Payload? Source) TemplatesFrom(
        Choices choices, FlowTask owner)
    {
        if (owner.Maker is null || (owner.Templates.Count > 0 && choices.OneIn(2))) return (owner.Templates, null);
        var source = Payload.FromJson($"{choices.Below(100)}");
        return ([owner.Maker.Make(source)], source);
    }

    private static ExpansionPart Bound(
        Choices choices, IReadOnlyList<FlowTemplate> templates, ExpansionPart[] parts, int number)
    {
        var part = parts[number];
        var giving = Enumerable.Range(0, number)
            .Where(other => templates[parts[other].Template].Result is not null).ToArray();
        if (choices.OneIn(3)) part = part with { After = [choices.Below(number)] };
        if (giving.Length == 0 || choices.OneIn(3)) return part;
        return choices.OneIn(2)
            ? part with { Input = null, From = [choices.OneOf(giving)] }
            : part with { Input = null, From = giving, Collects = true };
    }
}
