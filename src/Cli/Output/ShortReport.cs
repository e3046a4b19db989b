namespace ActorFlow.Cli;

/// <summary>The report that follows a run: so many of its tasks, and how to see the others.</summary>
internal static class ShortReport
{
    private const int MostTasks = 100;

    /// <summary>Lays a report out.</summary>
    /// <param name="report">The report.</param>
    /// <param name="dataDirectory">Where its job is kept; null if it is gone with the process.</param>
    public static string Of(JobReport report, string? dataDirectory)
    {
        var text = report.ToText(MostTasks);
        return report.Tasks.Count <= MostTasks || dataDirectory is null
            ? text
            : $"{text}All tasks: actorflow report {report.Job}{DataOption(dataDirectory)}\n";
    }

    /// <summary>What a command says to reach the same data; nothing where it finds it by itself.</summary>
    public static string DataOption(string directory) => directory == ".actorflow"
        ? ""
        : $" --data '{directory.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
