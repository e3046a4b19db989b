using System.Globalization;
using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>Where the items of a map come from.</summary>
internal abstract record ItemSource
{
    private ItemSource() { }

    /// <summary>The items, with their keys if they have any.</summary>
    /// <exception cref="ActorFlowException">There are none to be had.</exception>
    public abstract IReadOnlyList<MapItem> Of(ValueScope scope);

    /// <summary>A list or a mapping.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Collection(ValueTemplate Value) : ItemSource
    {
        public override IReadOnlyList<MapItem> Of(ValueScope scope) => Value.Fill(scope) switch
        {
            JsonArray list => [.. list.Select((item, index) => new MapItem(null, index, item))],
            JsonObject fields => [.. fields.Select((field, index) => new MapItem(field.Key, index, field.Value))],
            var other => throw new MapItemsException(
                $"'map' is over {ExpressionValues.Describe(other)}; a list or a mapping is wanted. A command gives one "
                + "with 'output: json' or 'output: lines'."),
        };
    }

    /// <summary>All combinations of the values of some lists; the first list changes slowest.</summary>
    /// <param name="Axes">The lists by their names.</param>
    public sealed record Matrix(IReadOnlyList<(string Name, ValueTemplate Values)> Axes) : ItemSource
    {
        private const int MostItems = 1_000_000;

        public override IReadOnlyList<MapItem> Of(ValueScope scope)
        {
            List<JsonObject> combinations = [[]];
            foreach (var (name, values) in Axes)
            {
                var list = values.Fill(scope) is JsonArray found ? found : throw new MapItemsException(
                    $"'{name}' of 'matrix' is no list: it is {ExpressionValues.Describe(values.Fill(scope))}.");
                if ((long)combinations.Count * list.Count > MostItems)
                    throw new MapItemsException($"'matrix' has more than {MostItems} combinations.");
                combinations = [.. combinations.SelectMany(one => list.Select(value => With(one, name, value)))];
            }

            return [.. combinations.Select((each, index) => new MapItem(NameOf(each), index, each))];
        }

        private static JsonObject With(JsonObject combination, string name, JsonNode? value)
        {
            var longer = (JsonObject)combination.DeepClone();
            longer[name] = value?.DeepClone();
            return longer;
        }

        private static string NameOf(JsonObject combination) =>
            string.Join(',', combination.Select(axis => JsonValues.Text(axis.Value)));
    }
}

/// <summary>An item of a map.</summary>
/// <param name="Key">Its key; null if it is one of a list.</param>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Value">The item.</param>
internal sealed record MapItem(string? Key, int Index, JsonNode? Value)
{
    /// <summary>The key, or else the number as a text.</summary>
    public string Name => Key ?? Index.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a map is over is nothing that has items.</summary>
internal sealed class MapItemsException(string message) : ActorFlowException(message);
