using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>The values of an attempt by the names of its parameters, for bodies that are bound by name.</summary>
/// <remarks>
/// Inputs <c>x[0]</c>, <c>x[1]</c>, … are the elements of one list <c>x</c>; <c>x.a</c>, <c>x.b</c>, … are the entries
/// of one mapping <c>x</c>. The output of a task that had none is null there. How a task ended is an object with the
/// fields of <see cref="PartResult{T}"/>.
/// </remarks>
public static class NamedValues
{
    private static readonly char[] PartMarks = ['[', '.'];

    /// <summary>The parameter that an input belongs to: <c>x</c> of <c>x[0]</c> and of <c>x.a</c>.</summary>
    public static string ParameterOf(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var mark = input.IndexOfAny(PartMarks);
        return mark < 0 ? input : input[..mark];
    }

    /// <summary>All values of an attempt, in the order of its inputs; edges that only order have none.</summary>
    /// <exception cref="PayloadException">A value has no field that is wanted.</exception>
    public static IReadOnlyList<NamedValue> Of(TaskCall call)
    {
        var values = new List<NamedValue>();
        var places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < call.Inputs.Count; i++)
        {
            var input = call.Inputs[i].Parameter;
            if (input.Length == 0) continue;
            var (value, isThere) = ValueOf(call, i);
            var parameter = ParameterOf(input);
            if (parameter.Length == input.Length)
            {
                values.Add(new NamedValue(input, value, isThere));
                continue;
            }

            var isElement = input[parameter.Length] == '[';
            if (places.TryAdd(parameter, values.Count))
                values.Add(new NamedValue(parameter, isElement ? new JsonArray() : new JsonObject(), true));
            switch (values[places[parameter]].Value)
            {
                case JsonArray list: list.Add(value); break;
                case JsonObject mapping: mapping[input[(parameter.Length + 1)..]] = value; break;
            }
        }

        return values;
    }

    private static (JsonNode? Value, bool IsThere) ValueOf(TaskCall call, int input)
    {
        if (call.Inputs[input] is TaskInput.FromTask { IsOutcome: true } ended)
            return (OutcomeOf(call.Outcome(input), ended.Field), true);
        if (call.Source(input) is not { } payload) return (null, false);
        var field = call.Inputs[input] switch
        {
            TaskInput.FromTask edge => edge.Field,
            TaskInput.FromJob job => job.Field,
            _ => null,
        };
        return (FieldOf(payload, field), true);
    }

    private static JsonNode? FieldOf(Payload payload, string? field)
    {
        var value = JsonField.Select(JsonNode.Parse(PayloadJson.Of(payload).Span), field);
        // A node belongs to one tree only.
        return value?.Parent is null ? value : value.DeepClone();
    }

    // As PartResult<T> is read from it.
    private static JsonObject OutcomeOf(PartOutcome ended, string? field) => new()
    {
        ["name"] = ended.Name,
        ["phase"] = JsonNamingPolicy.CamelCase.ConvertName(ended.Phase.ToString()),
        ["value"] = ended.Result is { } payload ? FieldOf(payload, field) : null,
        ["failure"] = ended.Failure is { } failure
            ? new JsonObject { ["type"] = failure.Type, ["message"] = failure.Message }
            : null,
        ["cause"] = ended.Cause,
    };
}

/// <summary>The value of one parameter.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Value">The value; null if it is null, or is not there.</param>
/// <param name="IsThere">Whether there is one: false if the task that it comes from had no output.</param>
public sealed record NamedValue(string Name, JsonNode? Value, bool IsThere);
