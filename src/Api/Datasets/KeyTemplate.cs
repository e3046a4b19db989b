using System.Text;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>A text with placeholders for the task, the job, and what the task takes.</summary>
/// <remarks>
/// <c>{task}</c>, <c>{flow}</c>, <c>{job}</c>, <c>{index}</c> (of a part of a map), <c>{input}</c>, and names of fields
/// of
/// what the task takes; <c>{{</c> and <c>}}</c> stand for braces.
/// </remarks>
internal sealed class KeyTemplate
{
    private static readonly string[] Own = ["task", "flow", "job", "index"];

    private readonly List<Func<TaskCall, Func<string, string>, string>> _parts = [];

    private KeyTemplate() { }

    /// <summary>A text that is made in another way.</summary>
    /// <param name="render">Makes it, with what makes values fit for where it goes.</param>
    public static KeyTemplate Of(Func<TaskCall, Func<string, string>, string> render) => new() { _parts = { render } };

    /// <summary>Reads a template.</summary>
    /// <param name="template">The text.</param>
    /// <param name="inputs">What the task takes.</param>
    /// <param name="problems">Where everything goes that is wrong with it.</param>
    /// <returns>Null if something is wrong.</returns>
    public static KeyTemplate? Parse(string template, TakenInputs inputs, List<string> problems)
    {
        var read = new KeyTemplate();
        var literal = new StringBuilder();
        for (var at = 0; at < template.Length; at++)
        {
            var c = template[at];
            if (c is '{' or '}' && at + 1 < template.Length && template[at + 1] == c)
            {
                literal.Append(c);
                at++;
            }
            else if (c == '}')
            {
                problems.Add("a '}' closes nothing; write }} for a brace.");
            }
            else if (c != '{')
            {
                literal.Append(c);
            }
            else if (template.IndexOf('}', at) is var end && end < 0)
            {
                problems.Add("a '{' is not closed; write {{ for a brace.");
                break;
            }
            else
            {
                read.Add(literal.ToString());
                literal.Clear();
                read.Add(template[(at + 1)..end], inputs, problems);
                at = end;
            }
        }

        read.Add(literal.ToString());
        if (template.Length == 0) problems.Add("it is empty.");
        return problems.Count == 0 ? read : null;
    }

    /// <summary>The text for an attempt.</summary>
    /// <param name="call">The attempt.</param>
    /// <param name="escape">Makes values fit for where the text goes.</param>
    public string Render(TaskCall call, Func<string, string> escape) =>
        string.Concat(_parts.Select(part => part(call, escape)));

    private void Add(string literal)
    {
        if (literal.Length > 0) _parts.Add((_, _) => literal);
    }

    private void Add(string name, TakenInputs inputs, List<string> problems)
    {
        if (OwnValue(name) is { } own) _parts.Add((call, escape) => escape(own(call)));
        else if (inputs.Find(name) is not { } value)
            problems.Add(
                $"the placeholder '{{{name}}}' names nothing, or more than one thing, that the task takes."
                + Suggestions.For(name, Own.Concat(inputs.Names)) + " There are: "
                + string.Join(", ", Own.Concat(inputs.Names).Select(known => $"{{{known}}}")) + ".");
        else if (!ValueText.Has(value.Type))
            problems.Add(
                $"'{{{name}}}' is {TypeNames.WithArticle(value.Type)}, which has no text that would tell one value "
                + "from another; name a field of it, or take a text that is made of it.");
        else _parts.Add((call, escape) => escape(ValueText.Of(value.Read(call))));
    }

    private static Func<TaskCall, string>? OwnValue(string name) => name switch
    {
        "task" => call => call.Task.Name,
        "flow" => call => call.Context.FlowName,
        "job" => call => call.Context.JobId.Value,
        "index" => call => ValueText.Of(call.Part ?? throw new ActorFlowException(
            $"Task '{call.Task.Name}' is no part of a map, so '{{index}}' has no value; name it otherwise.")),
        _ => null,
    };
}
