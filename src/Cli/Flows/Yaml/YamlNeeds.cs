using YamlDotNet.RepresentationModel;

namespace ActorFlow.Cli;

/// <summary>Reads what a task needs: a name, a list of names, or parameters with names.</summary>
internal sealed class YamlNeeds(TaskDraft task, YamlFields fields, TriggerRule trigger)
{
    public static readonly string[] NeedKeys = ["task", "optional"];

    public void Read()
    {
        switch (fields.Find("needs"))
        {
            case null: break;
            case YamlScalarNode one: Add(parameter: null, one); break;
            case YamlSequenceNode list:
                foreach (var item in list.Children) Add(parameter: null, item);
                break;
            case YamlMappingNode mapping:
                foreach (var (key, value) in mapping.Children) Add(fields.Faults.Name(key, task.Name), value);
                break;
        }
    }

    private void Add(string? parameter, YamlNode node)
    {
        var (reference, optional) = Reference(node);
        if (reference.Length == 0)
        {
            fields.Report(node, "A need is the name of a task, NAME.field, or a mapping with 'task'.");
            return;
        }

        // After all is done, or when something failed, an upstream task may have no output.
        var required = !optional && trigger == TriggerRule.AllSucceeded;
        var input = InputDraft.FromTask(parameter ?? Plain(reference), reference);
        task.Inputs.Add(input with { Required = required, Location = fields.Faults.At(node) });
    }

    private (string Reference, bool Optional) Reference(YamlNode node)
    {
        if (node is YamlScalarNode { Value: { } text }) return (text.TrimEnd('?'), text.EndsWith('?'));
        if (node is not YamlMappingNode) return ("", false);
        var need = new YamlFields(node, "A need", NeedKeys, fields.Faults, task.Name);
        return (need.Text("task") ?? "", need.Flag("optional") ?? false);
    }

    /// <summary>The name of a parameter for a need without one: fit for an environment variable.</summary>
    private static string Plain(string reference) =>
        string.Concat(reference.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
