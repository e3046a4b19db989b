using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads a task that runs something for each line that its command prints.</summary>
/// <param name="task">The task in the making.</param>
/// <param name="fields">What the file says of it.</param>
/// <param name="scope">What its texts may refer to.</param>
/// <param name="flows">The flows that it may run.</param>
/// <param name="defaults">What holds for each item where it says nothing.</param>
internal sealed class YamlStreaming(
    TaskDraft task, YamlFields fields, YamlScope scope, YamlFlows flows, TaskPolicy defaults)
{
    public static readonly string[] EachKeys =
        ["run", "uses", "flow", "with", "retry", "timeout", "resources", .. YamlShell.Keys];

    private const int MostUnderWay = 10_000;

    private static readonly Dictionary<string, ItemForm> Forms = new(StringComparer.Ordinal)
    {
        ["lines"] = ItemForm.Lines,
        ["json"] = ItemForm.Json,
    };

    /// <summary>Reads it.</summary>
    public TaskRecipe Read()
    {
        foreach (var key in (string[])["uses", "flow", "with", "output", "resources"])
            if (fields.Find(key) is { } misplaced) fields.Report(misplaced, Misplaced(key));
        var form = fields.Word("stream", Forms) ?? ItemForm.Lines;
        var buffer = Buffer();
        if (!fields.Has("run")) fields.Report(fields.Find("stream")!, "'stream' is for tasks that 'run' a command.");
        var command = new YamlShell(task, fields, scope).Read(isPart: false);
        task.OutputType = null;
        if (Each(form) is not { } each) return YamlBody.Nothing;
        var digest = YamlScope.DigestOf([each], fields, "run", "stream", "each", "env", "shell", "workdir");
        task.Kind = $"stream:{digest}";
        return new TaskRecipe.Streamed(command, each, form, buffer);
    }

    private static string Misplaced(string key) => key switch
    {
        "output" => "'output' has no place beside 'stream': the output is the list of what came of the items.",
        "resources" => "'resources' of a task with 'stream' belong under 'each': the task would hold them while it "
            + "waits for items that may need the same.",
        _ => $"'{key}' belongs under 'each': 'stream' is for tasks that 'run' a command.",
    };

    private int Buffer() => fields.Within("buffer", 1, MostUnderWay) ?? StreamOptions.Default.Buffer;

    private FlowUse? Each(ItemForm form)
    {
        if (fields.Find("each") is not { } node)
        {
            fields.Report(fields.Find("stream")!, "A task with 'stream' says under 'each' what runs for an item.");
            return null;
        }

        var each = new YamlFields(node, "'each'", EachKeys, scope.Faults, task.Name);
        if (YamlBody.Kinds.Count(each.Has) != 1)
        {
            if (node is YamlMappingNode && (!each.HasUnknown || YamlBody.Kinds.Any(each.Has)))
                each.Report(node, $"'each' {YamlBody.NotOne(each)}.", FlowFaultCode.MissingKey);
            return null;
        }

        foreach (var key in (string[])["retry", "timeout", "resources"])
            if (each.Has("flow") && each.Find(key) is { } misplaced)
                each.Report(misplaced, $"'{key}' is for an item that is one command or task; say it inside the flow.");
        var policy = defaults with
        {
            Retry = YamlPolicies.Retry(each, defaults.Retry, task.Name),
            Timeouts = YamlPolicies.Timeouts(each, defaults.Timeouts, task.Name),
            Needs = YamlPrograms.Needs(each, task.Name),
        };
        var inner = scope with { Own = [ValueScope.Item, ValueScope.Key] };
        if (form == ItemForm.Lines) inner = inner.WithItem(JsonValueKind.String);
        return new YamlBody(task, each, inner, flows).ReadPart(policy, left: null);
    }
}
