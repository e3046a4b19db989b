using System.Runtime.InteropServices;

namespace ActorFlow.Engine.Tests.Enumeration;

/// <summary>What can happen to a job next.</summary>
internal enum Deed : byte { Submit, Succeed, Fail, WakeUp, Cancel, RetryFailed }

/// <summary>Something that happens to a job, and to which of its attempts.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Move(Deed Deed, int Task = -1, int Attempt = 0)
{
    private static readonly Payload Output = Payload.FromJson("1");
    private static readonly Failure Broken = new("Broken", "It broke.");

    /// <summary>The command that tells a job machine.</summary>
    public JobCommand At(DateTimeOffset now, Flow flow) => Deed switch
    {
        Deed.Submit => new JobCommand.SubmitJob(
            now, new SubmittedJob(new JobId("job-1"), flow.Name, "", flow.TaskNames, Payload.None)),
        Deed.Succeed => new JobCommand.CompleteAttempt(now, Task, Attempt, Output),
        Deed.Fail => new JobCommand.FailAttempt(now, Task, Attempt, Broken),
        Deed.WakeUp => new JobCommand.WakeUp(now),
        Deed.Cancel => new JobCommand.CancelJob(now, null),
        _ => new JobCommand.RetryFailed(now),
    };
}

/// <summary>How often what nobody can foresee may still happen in a history.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Budget(int Crashes, int Cancels = 0, int Retries = 0)
{
    public Budget Without(Deed deed) => deed switch
    {
        Deed.Cancel => this with { Cancels = Cancels - 1 },
        Deed.RetryFailed => this with { Retries = Retries - 1 },
        _ => this,
    };
}

/// <summary>How much was enumerated: asserted, so that it cannot become less unnoticed.</summary>
internal sealed record Tally(long Flows = 0, long States = 0, long Moves = 0, long Crashes = 0, long Histories = 0)
{
    public static Tally operator +(Tally a, Tally b) => new(
        a.Flows + b.Flows, a.States + b.States, a.Moves + b.Moves, a.Crashes + b.Crashes, a.Histories + b.Histories);
}
