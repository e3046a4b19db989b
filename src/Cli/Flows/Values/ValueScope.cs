using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>The values that references and expressions can name in one attempt.</summary>
internal sealed class ValueScope
{
    public const string Input = "input";
    public const string Needs = "needs";

    /// <summary>The element of a map or matrix that a part is for.</summary>
    public const string Item = "item";

    /// <summary>Its key: in a mapping, or its number in a list.</summary>
    public const string Key = "key";

    /// <summary>What the last round of a loop gave, or what it begins with.</summary>
    public const string Value = "value";

    /// <summary>How many rounds there were.</summary>
    public const string Round = "round";

    private readonly Dictionary<string, JsonNode?> _values = new(StringComparer.Ordinal);

    private ValueScope(TaskCall call)
    {
        _values["job"] = JsonValue.Create(call.Context.JobId.Value);
        _values["task"] = JsonValue.Create(call.Context.TaskName);
        _values["flow"] = JsonValue.Create(call.Context.FlowName);
    }

    /// <summary>The values of a task: the job's input, and what it needs.</summary>
    /// <param name="call">The attempt.</param>
    /// <param name="isPart">Whether it is a part that another task added, and its input holds all values.</param>
    public static ValueScope Of(TaskCall call, bool isPart = false)
    {
        var scope = new ValueScope(call);
        if (isPart)
        {
            if (JsonValues.Of(call.JobInput) is not JsonObject given) return scope;
            foreach (var (name, value) in given) scope._values[name] = value;
            return scope;
        }

        scope._values[Input] = JsonValues.Of(call.JobInput);
        scope._values[Needs] = new JsonObject(NamedValues.Of(call)
            .Select(need => KeyValuePair.Create(need.Name, need.IsThere ? need.Value?.DeepClone() : null)));
        return scope;
    }

    /// <summary>The same with another value.</summary>
    public ValueScope With(string name, JsonNode? value)
    {
        _values[name] = value;
        return this;
    }

    /// <summary>The value of a name; null if there is none.</summary>
    public JsonNode? Get(string name) => _values.GetValueOrDefault(name == "matrix" ? Item : name);

    /// <summary>What a reference leads to. A need that did not succeed has no value, and no fields.</summary>
    /// <exception cref="PayloadException">It leads nowhere.</exception>
    public JsonNode? Select(Reference reference)
    {
        var owner = Get(reference.Source);
        if (IsMissing(owner, reference.Path)) return null;
        if (reference.Source != Needs || reference.Path is not { } path) return JsonField.Select(owner, reference.Path);
        var need = JsonField.Select(owner, reference.FirstName);
        return need is null || path.Length == reference.FirstName!.Length
            ? need
            : JsonField.Select(need, path[(reference.FirstName.Length + 1)..]);
    }

    // What is not there of how a task ended is null.
    private static bool IsMissing(JsonNode? owner, string? path)
    {
        var parts = path?.Split('.') ?? [];
        if (parts.Length < 2 || !EndedFields.IsOfFailure(parts[^2], parts[^1])) return false;
        foreach (var name in parts[..^2])
        {
            if (owner is not JsonObject) return false;
            owner = JsonField.Select(owner, name);
        }

        return EndedFields.HasNoFailure(owner);
    }

    /// <summary>A text with its references filled in.</summary>
    /// <param name="template">The text.</param>
    /// <param name="escape">Makes values fit for where the text goes; null to take them as they are.</param>
    public string Fill(string template, Func<string, string>? escape = null) => Templates.Fill(template, reference =>
    {
        var text = JsonValues.Text(Select(reference));
        return escape is null ? text : escape(text);
    });
}
