using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorFlow.Actors;
using ActorFlow.Journal;

namespace ActorFlow;

/// <summary>The state that a run of a task has left: a file per task, its first line a digest of the rest.</summary>
internal sealed record LastRun
{
    /// <summary>The job of the run.</summary>
    public required string Job { get; init; }

    /// <summary>What the task computed, with its version.</summary>
    public required string Identity { get; init; }

    /// <summary>A digest of what it took.</summary>
    public required string Inputs { get; init; }

    /// <summary>The run directory that it was given; null for one of the engine.</summary>
    public string? Directory { get; init; }

    /// <summary>Names the state that it left; a run that changed nothing leaves the name as it was.</summary>
    public required string Stamp { get; init; }

    /// <summary>Whether it succeeded; false while one runs.</summary>
    public bool Succeeded { get; init; }

    /// <summary>
    /// The tasks that it needed, with the names of the states that they had left; null for an unknown one.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Upstream { get; init; } = new Dictionary<string, string?>();

    /// <summary>The declared files that it read.</summary>
    public IReadOnlyList<FileMark> Reads { get; init; } = [];

    /// <summary>The files that its code said to have read.</summary>
    public IReadOnlyList<FileMark> FurtherReads { get; init; } = [];

    /// <summary>The files that it wrote.</summary>
    public IReadOnlyList<FileMark> Writes { get; init; } = [];

    /// <summary>What it left to remember as JSON; null if nothing.</summary>
    public string? Memento { get; init; }

    /// <summary>Its output as JSON.</summary>
    public required string Output { get; init; }

    /// <summary>Reads the state of a task.</summary>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public static LastRun? Read(string path)
    {
        if (!File.Exists(path)) return null;
        var text = File.ReadAllText(path);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 || text[..end] != DigestOf(text[(end + 1)..]))
            throw new FormatException("its first line is not the digest of the rest.");
        try
        {
            return JsonSerializer.Deserialize(text[(end + 1)..], LastRunJson.Default.LastRun);
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>Writes the state of a task; the file is there whole or as it was.</summary>
    public void Write(string path)
    {
        var text = JsonSerializer.Serialize(this, LastRunJson.Default.LastRun);
        PhysicalDisk.Instance.CreateDirectory(Path.GetDirectoryName(path)!);
        WholeFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes($"{DigestOf(text)}\n{text}")));
    }

    private static string DigestOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LastRun))]
internal sealed partial class LastRunJson : JsonSerializerContext;
