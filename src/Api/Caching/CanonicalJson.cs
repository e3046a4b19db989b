using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ActorFlow;

/// <summary>
/// JSON that is the same for equal values: properties and keys in order, sets sorted, no white space.
/// </summary>
internal static class CanonicalJson
{
    private const int MaxDepth = 1000;

    private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> Sorting = [];

    /// <summary>A value as canonical JSON. Members with defaults are written like others.</summary>
    /// <exception cref="JsonException">
    /// A value has more than is written: it is of a type that derives from the declared one, which does not know it.
    /// </exception>
    public static byte[] Of<T>(T value, JsonSerializerOptions options)
    {
        var sorting = Sorting.GetValue(options, static own => new JsonSerializerOptions(own)
        {
            TypeInfoResolver = (own.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(Whole),
            DefaultIgnoreCondition = JsonIgnoreCondition.Never,
            Converters = { new SetConverters() },
            WriteIndented = false,
        });
        return Sorted(JsonSerializer.SerializeToUtf8Bytes(value, sorting));
    }

    // Values in memory are live: two of a derived type would be one if only what they have in common were written.
    private static void Whole(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object || info.Type.IsSealed || info.Type == typeof(object)) return;
        var declared = info.Type;
        info.OnSerializing += value =>
        {
            if (value.GetType() is var type && type != declared)
                throw new JsonException(
                    $"A {TypeNames.Short(type)} is written as {TypeNames.WithArticle(declared)}, which leaves out what "
                    + $"it has besides; name it by [JsonDerivedType] on {TypeNames.Short(declared)}.");
        };
    }

    private static byte[] Sorted(byte[] json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = MaxDepth }))
            Write(writer, document.RootElement);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>A set has no order: its elements are written in that of their JSON.</summary>
    private sealed class SetConverters : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => ElementOf(typeToConvert) is not null;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(
                typeof(SetConverter<,>).MakeGenericType(typeToConvert, ElementOf(typeToConvert)!))!;

        private static Type? ElementOf(Type type)
        {
            foreach (var face in type.GetInterfaces().Append(type))
                if (face.IsGenericType && (face.GetGenericTypeDefinition() == typeof(ISet<>)
                    || face.GetGenericTypeDefinition() == typeof(IReadOnlySet<>)))
                    return face.GenericTypeArguments[0];
            return null;
        }
    }

    private sealed class SetConverter<TSet, T> : JsonConverter<TSet> where TSet : IEnumerable<T>
    {
        public override TSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Canonical JSON is written to be compared and is not read.");

        public override void Write(Utf8JsonWriter writer, TSet value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var item in value.Select(item => JsonSerializer.Serialize(item, options))
                .Order(StringComparer.Ordinal))
                writer.WriteRawValue(item);
            writer.WriteEndArray();
        }
    }
}
