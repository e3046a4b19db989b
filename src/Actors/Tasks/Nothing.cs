using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorFlow;

/// <summary>
/// The type with one value that says nothing: the output of a task without a result, the input of a flow without one.
/// </summary>
[JsonConverter(typeof(AsNull))]
public readonly record struct Nothing
{
    /// <summary>Its one value.</summary>
    public static Nothing Value => default;

    /// <inheritdoc />
    public override string ToString() => "nothing";

    /// <summary>Writes null, and takes whatever it reads for nothing.</summary>
    internal sealed class AsNull : JsonConverter<Nothing>
    {
        /// <inheritdoc />
        public override bool HandleNull => true;

        /// <inheritdoc />
        public override Nothing Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Skip();
            return default;
        }

        /// <inheritdoc />
        public override void Write(Utf8JsonWriter writer, Nothing value, JsonSerializerOptions options) =>
            writer.WriteNullValue();
    }
}
