using System.Text.Json;
using ActorFlow.Actors;

namespace ActorFlow;

/// <summary>How values of some types are written as datasets and read back.</summary>
public abstract class DatasetFormat
{
    /// <summary>What the format is called, such as <c>json</c>.</summary>
    public abstract string Name { get; }

    /// <summary>How keys of datasets in this format may end, without the dot, such as <c>json</c>.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether values of a type can be written and read.</summary>
    public abstract bool CanHold(Type type);

    /// <summary>Writes a value of a type that the format can hold.</summary>
    public abstract ReadOnlyMemory<byte> Write<T>(T value);

    /// <summary>Reads a value of a type that the format can hold.</summary>
    public abstract T? Read<T>(ReadOnlyMemory<byte> content);
}

/// <summary>
/// The formats that there are: <c>json</c> for everything, <c>text</c> and <c>bytes</c>, and those added.
/// </summary>
/// <remarks>
/// A dataset is in the format that is named; else in that of its key's extension, if that can hold the type; else in
/// the last added one that can.
/// </remarks>
public sealed class DatasetFormats
{
    private readonly DatasetFormat[] _formats;

    /// <summary>The built-in formats, and others that go before them.</summary>
    /// <param name="others">The others; of two with the same name the later counts.</param>
    /// <param name="json">How values are written as JSON; null as in journals.</param>
    public DatasetFormats(IEnumerable<DatasetFormat>? others = null, JsonSerializerOptions? json = null) =>
        _formats = [.. (others ?? []).Reverse(), new TextFormat(), new BytesFormat(), new JsonFormat(json)];

    /// <summary>The format for values of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="key">The key, whose extension is a hint.</param>
    /// <param name="name">The format that is asked for; null for whichever fits.</param>
    /// <exception cref="DatasetException">There is none; the message lists what there is.</exception>
    public DatasetFormat For(Type type, string key, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(key);
        var able = _formats.Where(format => format.CanHold(type)).ToList();
        if (name is not null)
            return able.Find(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw Unknown(type, key, name, able);
        var extension = Path.GetExtension(key).TrimStart('.');
        return able.Find(format => format.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            ?? able.FirstOrDefault()
            ?? throw Unknown(type, key, name, able);
    }

    private DatasetException Unknown(Type type, string key, string? name, IReadOnlyList<DatasetFormat> able)
    {
        var isThere = _formats.Any(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var problem = isThere ? $"the format '{name}' cannot hold a {type}" : $"there is no format '{name}'";
        return new DatasetException(
            $"Dataset '{key}': {problem}. Formats for a {type}: {string.Join(", ", able.Select(f => f.Name))}; all "
            + $"formats: {string.Join(", ", _formats.Select(f => f.Name))}. Add others to the options of the engine.");
    }

    private sealed class TextFormat : DatasetFormat
    {
        public override string Name => "text";

        public override IReadOnlyList<string> Extensions { get; } = ["txt", "text", "md", "csv", "log"];

        public override bool CanHold(Type type) => type == typeof(string);

        public override ReadOnlyMemory<byte> Write<T>(T value) =>
            System.Text.Encoding.UTF8.GetBytes((string?)(object?)value ?? "");

        public override T Read<T>(ReadOnlyMemory<byte> content) =>
            (T)(object)System.Text.Encoding.UTF8.GetString(content.Span);
    }

    private sealed class BytesFormat : DatasetFormat
    {
        public override string Name => "bytes";

        public override IReadOnlyList<string> Extensions { get; } = ["bin", "raw", "dat"];

        public override bool CanHold(Type type) =>
            type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) || type == typeof(Memory<byte>);

        public override ReadOnlyMemory<byte> Write<T>(T value) => value switch
        {
            byte[] bytes => bytes,
            ReadOnlyMemory<byte> memory => memory,
            Memory<byte> memory => memory,
            _ => default,
        };

        public override T Read<T>(ReadOnlyMemory<byte> content) =>
            typeof(T) == typeof(ReadOnlyMemory<byte>) ? (T)(object)content
            : typeof(T) == typeof(Memory<byte>) ? (T)(object)new Memory<byte>(content.ToArray())
            : (T)(object)content.ToArray();
    }

    private sealed class JsonFormat(JsonSerializerOptions? options) : DatasetFormat
    {
        private readonly JsonPayloadCodec _json = new(options);

        public override string Name => "json";

        public override IReadOnlyList<string> Extensions { get; } = ["json"];

        public override bool CanHold(Type type) => true;

        public override ReadOnlyMemory<byte> Write<T>(T value) => _json.Encode(value).Json;

        public override T? Read<T>(ReadOnlyMemory<byte> content) where T : default =>
            _json.Decode<T>(Payload.FromJson(content));
    }
}
