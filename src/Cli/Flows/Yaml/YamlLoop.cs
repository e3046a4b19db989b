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
        // From the second round on, and after each, the value is what the command has printed.
        var after = inner.WithValue(scope.PrintedBy(fields));
        var (again, until) = (after.Condition(fields, "while"), after.Condition(fields, "until"));
        var most = Rounds("repeat", least: 0) ?? Rounds("max", least: 1) ?? MostRounds;
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

    private int? Rounds(string key, int least) => fields.Within(key, least, MostRounds);
}
