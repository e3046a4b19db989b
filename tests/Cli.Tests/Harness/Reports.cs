using System.Text.Json;

namespace ActorFlow.Cli.Tests;

/// <summary>What tests look at in report files.</summary>
internal static class Reports
{
    /// <summary>The output of a task, as text.</summary>
    public static string OutputOf(this JsonElement report, string task) =>
        CommandLine.TaskOf(report, task).GetProperty("output").ToString();
}
