using System.Text.Json;

namespace ActorFlow.Cli;

/// <summary>Where a command writes, and whether a person watches.</summary>
internal sealed class Terminal(TextWriter output, TextWriter errors)
{
    public TextWriter Output { get; } = output;

    public TextWriter Errors { get; } = errors;

    /// <summary>Whether control codes may be written: a terminal that is not told to be dumb.</summary>
    public bool IsInteractive { get; } =
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>
    /// Keeps the runtime from setting the terminal up to read keys: nobody reads any here, and the codes for that would
    /// be written before the first line, and again whenever a process has ended. To be called before anything else.
    /// </summary>
    public static void LeaveAsItIs()
    {
        const string Kind = "TERM";
        var kind = Environment.GetEnvironmentVariable(Kind);
        if (kind is null) return;
        Environment.SetEnvironmentVariable(Kind, null);
        // It is set up once, by the first that is written, with what is known of the terminal then.
        using (var output = Console.OpenStandardOutput()) output.Write([]);
        Environment.SetEnvironmentVariable(Kind, kind);
    }

    /// <summary>Writes a line, if that can be: where it cannot, there is the exit code still.</summary>
    public static async Task TryWriteLineAsync(TextWriter writer, string line)
    {
        try
        {
            await writer.WriteLineAsync(line).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            System.Diagnostics.Debug.WriteLine(e);
        }
    }

    /// <summary>Writes JSON.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonOutput.Indented)) write(json);
        Output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }
}
