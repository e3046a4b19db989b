namespace ActorFlow.Cli;

/// <summary>Says in one line that a job which is to go on has ended, and what is to be done.</summary>
internal static class EndedLine
{
    /// <summary>The line; null if the job has not ended.</summary>
    /// <param name="job">The job.</param>
    /// <param name="outcome">How it has ended; null if it has not.</param>
    /// <param name="options">What a command needs to find the job, with a space before it; empty for nothing.</param>
    public static string? Of(JobId job, JobPhase? outcome, string options)
    {
        if (outcome is null) return null;
        var retry = outcome == JobPhase.Succeeded
            ? ""
            : $" To run again what did not succeed: actorflow retry {job}{options}";
        return $"Job '{job}' has ended: there is nothing to resume.{retry}";
    }
}
