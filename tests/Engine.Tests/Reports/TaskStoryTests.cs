namespace ActorFlow.Engine.Tests.Reports;

/// <summary>Each event as a sentence, word for word: that is what people find in their logs.</summary>
public sealed class TaskStoryTests
{
    private static readonly DateTimeOffset At = RecordedJob.Start;
    private static readonly Failure Broke = new("Net", "no route");

    public static TheoryData<JobEvent, string> Sentences => new()
    {
        { new JobEvent.JobPaused(At), "The job was paused." },
        { new JobEvent.JobContinued(At), "The job was continued." },
        {
            new JobEvent.JobStopping(At, JobPhase.Cancelled, Reason.JobCancelled, "wrong\ninput"),
            "The job was to end because the job was cancelled (wrong input)."
        },
        {
            new JobEvent.JobStopping(At, JobPhase.TimedOut, Reason.JobTimeout, null),
            "The job was to end because the job ran out of time."
        },
        { new JobEvent.JobEnded(At, JobPhase.TimedOut, new TaskCounts(0, 0, 0, 1)), "The job ended: timed-out." },
        { new JobEvent.JobReopened(At), "Someone asked to retry what failed, was skipped or cancelled." },
        { new JobEvent.TaskStarted(At, 1, 2), "Attempt 2 began." },
        { new JobEvent.TaskSucceeded(At, 1, 2, Payload.None), "Attempt 2 succeeded." },
        {
            new JobEvent.AttemptStopping(At, 1, 2, Reason.AttemptTimeout, Broke),
            "Attempt 2 was asked to stop because the attempt ran out of time."
        },
        {
            new JobEvent.AttemptAbandoned(At, 1, 2),
            "Attempt 2 was abandoned: it did not heed the request to stop within the grace time."
        },
        {
            new JobEvent.AttemptFailed(At, 1, 2, Reason.AttemptThrew, Broke),
            "Attempt 2 ended without success because the attempt threw: Net: no route."
        },
        {
            new JobEvent.AttemptFailed(
                At, 1, 2, Reason.JobCancelled, new Failure(Failure.CancelledType, "the job was cancelled: wrong")),
            "Attempt 2 ended without success because the job was cancelled: wrong."
        },
        {
            // Nothing is left of such a message where all must stand on one line.
            new JobEvent.AttemptFailed(At, 1, 2, Reason.AttemptThrew, new Failure(Failure.TimeoutType, "\n")),
            "Attempt 2 ended without success because the attempt threw: ."
        },
        {
            new JobEvent.RetryScheduled(At, 1, At, Reason.AttemptThrew),
            "It was to be tried again at once because the attempt threw."
        },
        {
            new JobEvent.RetryScheduled(At, 1, At.AddMilliseconds(1), Reason.AttemptThrew),
            "It was to be tried again at 2030-01-31 12:00:00.001Z because the attempt threw."
        },
        { new JobEvent.RetryDue(At, 1), "The delay before the next attempt was over." },
        {
            new JobEvent.TaskHeld(At, 1, Reason.AttemptsExhausted),
            "It was held for an operator because its attempts are used up."
        },
        {
            new JobEvent.TaskIgnored(At, 1, Reason.Supervised, Payload.None),
            "It was given a default output because a supervision rule decided so."
        },
        {
            new JobEvent.TaskFailed(At, 1, Reason.NotRetryable, Broke),
            "It failed for good because its policy does not retry this failure."
        },
        { new JobEvent.TaskSkipped(At, 1, Reason.UpstreamNotSucceeded, 0), "It was skipped because of 'first'." },
        // Of a flow that was replaced, in a journal that was changed by hand.
        { new JobEvent.TaskSkipped(At, 1, Reason.UpstreamNotSucceeded, 2), "It was skipped because of 'task 2'." },
        {
            new JobEvent.TaskSkipped(At, 1, Reason.Operator, -1),
            "It was skipped because an operator decided so."
        },
        {
            new JobEvent.TaskCancelled(At, 1, Reason.FailedFast),
            "It was cancelled because another task failed, and that stops the others."
        },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void An_event_is_told_in_a_sentence_behind_its_time(JobEvent fact, string sentence) => Assert.Equal(
        $"2030-01-31 12:00:00.000Z  {sentence}",
        new TaskStory(new JobGraph(Flows.Draft("first", "second").Build())).Tell(fact));

    [Fact]
    public void The_story_of_a_task_has_its_own_events_and_the_retries_that_concerned_it()
    {
        var story = new TaskStory(new JobGraph(Flows.Draft("first", "second").Build()));
        JobEvent[] events =
        [
            new JobEvent.TaskStarted(At, 0, 1), new JobEvent.TaskFailed(At, 0, Reason.AttemptThrew, Broke),
            new JobEvent.TaskCancelled(At, 1, Reason.FailedFast), new JobEvent.JobReopened(At),
            new JobEvent.TaskStarted(At, 1, 1), new JobEvent.TaskSucceeded(At, 1, 1, Payload.None),
            new JobEvent.JobReopened(At), new JobEvent.TaskSkipped(At, 1, Reason.Operator, -1),
            new JobEvent.JobPaused(At), new JobEvent.JobReopened(At), new JobEvent.JobReopened(At),
        ];

        Assert.Equal(
            [
                "It was cancelled because another task failed, and that stops the others.",
                "Someone asked to retry what failed, was skipped or cancelled.", "Attempt 1 began.",
                "Attempt 1 succeeded.", "It was skipped because an operator decided so.",
                "Someone asked to retry what failed, was skipped or cancelled.",
            ],
            story.Of(1, events).Select(line => line["2030-01-31 12:00:00.000Z  ".Length..]));
        Assert.Equal(
            [
                "Attempt 1 began.", "It failed for good because the attempt threw.",
                "Someone asked to retry what failed, was skipped or cancelled.",
            ],
            story.Of(0, events).Select(line => line["2030-01-31 12:00:00.000Z  ".Length..]));
    }
}
