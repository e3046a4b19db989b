using System.Text;
using System.Text.Json;
using ActorFlow.Actors;

namespace ActorFlow.Cli;

/// <summary>Writes reports to a file: one as an object, several as a list of them.</summary>
internal static class ReportFile
{
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
        try
        {
            WholeFile.Write(path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ActorFlowException($"The report cannot be written to '{path}': {e.Message}", e);
        }
    }
}
