namespace ActorFlow.Cli;

/// <summary>Says in one line that a job did not succeed, and why.</summary>
internal static class FailureLine
{
    /// <summary>The line; null if there is nothing to say: the job succeeded, or has not ended.</summary>
    public static string? Of(JobReport report)
    {
        var how = report.Phase switch
        {
            JobPhase.Failed => "failed",
            JobPhase.Cancelled => "was cancelled",
            JobPhase.TimedOut => "timed out",
            _ => null,
        };
        return how is null ? null : PlainText.OneLine($"job {report.Job} {how}{Why(report)}");
    }

    private static string Why(JobReport report)
    {
        if (report.Failed.FirstOrDefault() is not { } task)
            return report.StopDetail is { } detail ? $": {detail}" : "";
        var others = report.Counts.Failed == 1 ? "" : $" (and {report.Counts.Failed - 1} more)";
        return $": task {task.Name} failed{others}" + (task.Error is { } error ? $": {error.Message}" : "");
    }
}
