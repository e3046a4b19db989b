using System.Text;
using System.Text.Json;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>Writes reports to a file: one as an object, several as a list of them.</summary>
internal static class ReportFile
{
    /// <summary>
    /// Makes the directory of a file, and refuses one that could not be written, before there is something to write.
    /// </summary>
    /// <exception cref="ActorFlowException">The directory cannot be made, or nothing can be written there.</exception>
    public static void RequireWritable(string path)
    {
        if (path == "-") throw Refusal(path, "it goes to a file; name one, or /dev/stdout");
        if (Directory.Exists(path)) throw Refusal(path, "it is a directory; name a file in it");
        if (IsDevice(path)) return;
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (File.Exists(directory)) throw Refusal(path, $"'{directory}' is a file, and no directory");
        try
        {
            Directory.CreateDirectory(directory);
            // The report is written beside its place first, too.
            var probe = Path.Combine(directory, Path.GetRandomFileName());
            using var file = new FileStream(
                probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path, $"nothing can be written in the directory '{directory}'; name another", e);
        }
    }

    // A file takes its place whole: a device, such as /dev/stdout, would be gone then.
    private static bool IsDevice(string path) => File.Exists(path)
        && Path.GetFullPath(path) is var full && full.StartsWith("/dev/", StringComparison.Ordinal)
        && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static void WriteThrough(string path, Action<Stream> write)
    {
        using var device = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        write(device);
    }

    private static ActorFlowException Refusal(string path, string why, Exception? inner = null) =>
        new($"The report cannot be written to '{path}': {why.TrimEnd('.')}.", inner);

    public static void Write(string path, IReadOnlyList<JobReport> reports)
    {
        WriteWhole(path, file =>
        {
            using var writer = new Utf8JsonWriter(file, JsonOutput.Indented);
            if (reports.Count != 1) writer.WriteStartArray();
            foreach (var report in reports) report.WriteJson(writer);
            if (reports.Count != 1) writer.WriteEndArray();
        });
    }

    /// <summary>Writes a report as an HTML page.</summary>
    public static void WriteHtml(string path, JobReport report, HtmlStyle style) =>
        WriteWhole(path, file => file.Write(Encoding.UTF8.GetBytes(report.ToHtml(style))));

    private static void WriteWhole(string path, Action<Stream> write)
    {
        RequireWritable(path);
        try
        {
            if (IsDevice(path)) WriteThrough(path, write);
            else WholeFile.Write(path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path, e.Message, e);
        }
    }
}
