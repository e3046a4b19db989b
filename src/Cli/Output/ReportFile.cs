using System.Text.Json;

namespace ActorFlow.Cli;

/// <summary>Writes reports to a file: one as an object, several as a list of them.</summary>
internal static class ReportFile
{
    public static void Write(string path, IReadOnlyList<JobReport> reports)
    {
        // Under another name first: whoever reads the file sees the old one or the new one, whole.
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = File.Create(temporary))
            using (var writer = new Utf8JsonWriter(file, JsonOutput.Indented))
            {
                if (reports.Count != 1) writer.WriteStartArray();
                foreach (var report in reports) report.WriteJson(writer);
                if (reports.Count != 1) writer.WriteEndArray();
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ActorFlowException($"The report cannot be written to '{path}': {e.Message}", e);
        }
    }
}
