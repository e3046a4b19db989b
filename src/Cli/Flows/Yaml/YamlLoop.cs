namespace ActorFlow.Cli;

/// <summary>Reads a task that runs something in rounds, each on what the last one gave.</summary>
internal sealed class YamlLoop(
    TaskDraft task, YamlFields fields, YamlScope scope, YamlFlows flows, TaskPolicy policy)
{
    private const int MostRounds = 10_000;

    /// <summary>Reads it.</summary>
    public TaskRecipe Read()
    {
        var initial = fields.Find("initial") is { } node ? scope.Value(node) : ValueTemplate.Null;
        var inner = scope with { Own = [ValueScope.Value, ValueScope.Round] };
        var use = new YamlBody(task, fields, inner, flows).ReadPart(policy, left: null);
        var (again, until) = (inner.Condition(fields, "while"), inner.Condition(fields, "until"));
        var most = Rounds("repeat") ?? Rounds("max") ?? MostRounds;
        if (!fields.Has("flow")) task.Policy = YamlParts.OwnerPolicy(policy);
        task.OutputType = null;
        if (use is null) return YamlBody.Nothing;
        var kind = fields.Has("repeat") ? "repeat" : fields.Has("while") ? "while" : "until";
        var digest = YamlScope.DigestOf([use], fields, "repeat", "while", "until", "max", "initial", "with");
        task.Kind = $"{kind}:{digest}";
        return new TaskRecipe.Repeated(use, initial, most)
        {
            While = again,
            Until = until,
        };
    }

    private int? Rounds(string key)
    {
        if (fields.Integer(key) is not { } rounds) return null;
        if (rounds is >= 0 and <= MostRounds) return rounds;
        fields.Report(fields.Find(key)!, $"'{key}' is {rounds}; it is from 0 to {MostRounds}.");
        return null;
    }
}
