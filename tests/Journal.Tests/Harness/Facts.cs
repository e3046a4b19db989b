namespace ActorFlow.Journal.Tests;

/// <summary>Events in a word; times are seconds after the start of 2030.</summary>
internal static class Facts
{
    public static readonly JobId Job = new("job-1");
    public static readonly JobId Other = new("job-2");

    public static DateTimeOffset At(int second) => new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)
        .AddSeconds(second);

    public static JobEvent Submitted(JobId job, int second = 0) => new JobEvent.JobSubmitted(
        At(second), new SubmittedJob(job, "flow", "f-1", ["only"], Payload.FromJson("{}")));

    public static JobEvent Started(int second = 0, int attempt = 1) =>
        new JobEvent.TaskStarted(At(second), 0, attempt);

    public static JobEvent Succeeded(int second = 1, string output = "42") =>
        new JobEvent.TaskSucceeded(At(second), 0, 1, Payload.FromJson(output));

    public static JobEvent Failed(int second, int attempt, string message = "no") => new JobEvent.AttemptFailed(
        At(second), 0, attempt, Reason.AttemptThrew, new Failure("System.Exception", message));

    public static JobEvent Ended(int second = 1) =>
        new JobEvent.JobEnded(At(second), JobPhase.Succeeded, new TaskCounts(1, 0, 0, 0));

    public static JobEvent Reopened(int second = 2) => new JobEvent.JobReopened(At(second));
}
