using System.Globalization;
using System.Text.Json.Nodes;

namespace ActorFlow.Cli;

/// <summary>Where the items of a map come from.</summary>
internal abstract record ItemSource
{
    private ItemSource() { }

    /// <summary>The items, with their keys if they have any.</summary>
    /// <param name="scope">The values that references name.</param>
    /// <param name="areHandedOver">Whether each part is given its item, and not only called by its name.</param>
    /// <exception cref="ActorFlowException">There are none to be had, or too many.</exception>
    public abstract IReadOnlyList<MapItem> Of(ValueScope scope, bool areHandedOver);

    /// <summary>A list or a mapping.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Collection(ValueTemplate Value) : ItemSource
    {
        public override IReadOnlyList<MapItem> Of(ValueScope scope, bool areHandedOver) => Value.Fill(scope) switch
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

        public override IReadOnlyList<MapItem> Of(ValueScope scope, bool areHandedOver)
        {
            var lists = Axes.Select(axis => (axis.Name, Values: ListOf(axis.Name, axis.Values.Fill(scope)))).ToList();
            RequireRoom(lists, areHandedOver);
            List<JsonObject> combinations = [[]];
            foreach (var (name, values) in lists)
                combinations = [.. combinations.SelectMany(one => values.Select(value => With(one, name, value)))];
            return [.. combinations.Select((each, index) => new MapItem(NameOf(each), index, each))];
        }

        private static JsonArray ListOf(string name, JsonNode? value) => value as JsonArray
            ?? throw new MapItemsException(
                $"'{name}' of 'matrix' is no list: it is {ExpressionValues.Describe(value)}.");

        // Asked before they are made: a few lists of a thousand values would fill the memory.
        private static void RequireRoom(List<(string Name, JsonArray Values)> lists, bool areHandedOver)
        {
            if (lists.Exists(list => list.Values.Count == 0)) return;
            var count = 1L;
            foreach (var (_, values) in lists)
                if ((count *= values.Count) > MostItems)
                    throw new MapItemsException($"'matrix' has more than {MostItems} combinations.");
            // The name stands there twice, for the part and for its task; what each is given has the item and its key.
            var bytes = count * (18L + (2L * lists.Count) + (areHandedOver ? 16 + (4L * lists.Count) : 0));
            foreach (var (name, values) in lists)
                bytes += count / values.Count * values.Sum(value => BytesOf(name, value, areHandedOver));
            if (bytes > Limits.PayloadBytes)
                throw new MapItemsException(
                    $"'matrix' has {count} combinations, which take {bytes} bytes at least; {Limits.PayloadBytes} is "
                    + "the most. Combine in several tasks, or put numbers in place of long values.");
        }

        private static long BytesOf(string name, JsonNode? value, bool areHandedOver)
        {
            var text = JsonValues.Text(value).Length;
            return areHandedOver ? (3L * text) + name.Length + (value?.ToJsonString().Length ?? 4) : 2L * text;
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
