using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ActorFlow;

/// <summary>
/// Reads how a task ended where a file hands it over: without a value, that is the default of its type.
/// </summary>
internal sealed class PartResultConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(PartResult<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(
            typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<PartResult<T>>
    {
        private static readonly JsonNodeOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

        public override PartResult<T> Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (JsonNode.Parse(ref reader, AnyCase) is not JsonObject ended || ended["phase"] is null)
                throw new JsonException("How a task ended is an object with name, phase, value and failure.");
            return new PartResult<T>(
                Field<string>("name") ?? "", Field<TaskPhase>("phase"), Field<T>("value"), Field<Failure>("failure"))
            {
                Cause = Field<string>("cause"),
            };

            TField? Field<TField>(string name) =>
                ended[name] is { } value ? value.Deserialize<TField>(options) : default;
        }

        public override void Write(Utf8JsonWriter writer, PartResult<T> value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("name", value.Name);
            Field("phase", value.Phase);
            Field("value", value.Value);
            Field("failure", value.Failure);
            writer.WriteString("cause", value.Cause);
            writer.WriteEndObject();

            void Field<TField>(string name, TField field)
            {
                writer.WritePropertyName(name);
                JsonSerializer.Serialize(writer, field, options);
            }
        }
    }
}
