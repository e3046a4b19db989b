using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorFlow.Engine.Tests.Reports;

/// <summary>The answers to "why?".</summary>
public sealed class ExplainTests
{
    [Fact]
    public void A_waiting_task_names_the_upstream_tasks_that_have_not_ended()
    {
        var job = new RecordedJob(Flows.Draft("a", "b", "c", "d: a, b, c").Build()).StartReady().EndOne();

        Assert.Equal(
            "Task 'd' waits for 2 upstream tasks that have not ended: 'b' (running), 'c' (running).", Why(job, "d"));
        Assert.Equal(("waiting", "needsUnmet"), (Explained(job, "d").Status, Explained(job, "d").Code));
    }

    [Fact]
    public void A_ready_task_names_what_keeps_it()
    {
        var draft = Flows.Draft("a", "b");
        var job = new RecordedJob(draft.Build());
        Assert.Equal("Task 'a' is ready and waits for a free slot in pool 'compute'.", Why(job, "a"));
        job.Ask(new JobCommand.PauseJob(job.Now));
        Assert.Equal("Task 'a' is ready and waits because the job is paused.", Why(job, "a"));

        draft.Policy = new FlowPolicy { MaxParallel = 1 };
        Assert.Equal("Task 'b' is ready and waits because the flow runs no more than 1 at once.",
            Why(new RecordedJob(draft.Build()).StartReady(), "b"));
    }

    [Fact]
    public void A_task_that_backs_off_names_the_time_the_attempt_and_the_failure()
    {
        var draft = Flows.Draft("a").With("a", Retrying(3, TimeSpan.FromSeconds(5)));
        var job = new RecordedJob(draft.Build()).Answer("a", Flows.Failure("no route", "Net")).StartReady().EndOne();
        var lines = Explained(job, "a").Lines;

        Assert.Equal(
            [
                "Task 'a' backs off until 2030-01-31 12:00:06.000Z because attempt 1 did not succeed: "
                    + "the attempt threw. Net: no route.",
                "It runs again because the attempt threw, and its policy allows another attempt.",
                "",
                "2030-01-31 12:00:00.000Z  Attempt 1 began.",
                "2030-01-31 12:00:01.000Z  Attempt 1 ended without success because the attempt threw: Net: no route.",
                "2030-01-31 12:00:01.000Z  It was to be tried again at 2030-01-31 12:00:06.000Z "
                    + "because the attempt threw.",
            ],
            lines);
    }

    [Fact]
    public void A_task_that_failed_tells_every_attempt()
    {
        var draft = Flows.Draft("a").With("a", Retrying(2, TimeSpan.Zero));
        var job = new RecordedJob(draft.Build()).Answer("a", Flows.Failure("one"), Flows.Failure("two")).Run();

        Assert.Equal(
            "Task 'a' failed because its attempts are used up. System.InvalidOperationException: two.", Why(job, "a"));
        var story = string.Join('\n', Explained(job, "a").Lines);
        Assert.Contains(
            "Attempt 1 ended without success because the attempt threw: System.InvalidOperationException: one.",
            story, StringComparison.Ordinal);
        Assert.Contains("It was to be tried again at once because the attempt threw.", story, StringComparison.Ordinal);
        Assert.Contains("It failed for good because its attempts are used up.", story, StringComparison.Ordinal);
        Assert.Equal(Reason.AttemptsExhausted, Explained(job, "a").Reason);
    }

    [Fact]
    public void A_skipped_task_tells_the_chain_to_the_one_to_blame()
    {
        var draft = Flows.Draft("a", "b: a", "c: b", "d: c, other", "other");
        var job = new RecordedJob(draft.Build()).Answer("a", Flows.Failure("broken")).Run();

        Assert.Equal(
            "Task 'b' was skipped because 'a' failed: the attempt threw. System.InvalidOperationException: broken.",
            Why(job, "b"));
        Assert.EndsWith("broken. [d -> c -> b -> a]", Why(job, "d"), StringComparison.Ordinal);
        Assert.EndsWith("It was skipped because of 'a'.", Explained(job, "d").Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_whose_trigger_rule_did_not_hold_says_so()
    {
        var draft = Flows.Draft("a", "b: a", "c: b").With("b", new TaskPolicy { Trigger = TriggerRule.AnyFailed });
        var job = new RecordedJob(draft.Build()).Run();

        Assert.Equal("Task 'b' was skipped because it runs when an upstream task fails, and none did.", Why(job, "b"));
        Assert.Equal(
            "Task 'c' was skipped because 'b' was skipped: it runs when an upstream task fails, and none did.",
            Why(job, "c"));
    }

    [Fact]
    public void A_task_lost_to_a_crash_says_why_it_ran_again()
    {
        var job = new RecordedJob(Flows.Draft("a").Build())
            .Answer("a", new Failure(Failure.LostType, "gone")).Run();

        Assert.Equal("Task 'a' succeeded in attempt 2.", Why(job, "a"));
        Assert.Equal("It ran again because the process ended while an attempt ran, whose end was not recorded.",
            Explained(job, "a").Lines[1]);
        Assert.Contains("Attempts were lost to crashes, and ran again: a.", Explain.Job(job.State, job.Events).Lines);
    }

    [Fact]
    public void A_task_of_a_retried_job_says_that_someone_asked_for_it()
    {
        var job = new RecordedJob(Flows.Draft("a", "b: a", "c").Build()).Answer("a", Flows.Failure()).Run();
        job.Ask(new JobCommand.RetryFailed(job.Now));
        Assert.Equal("It runs again because someone asked to retry what failed.", Explained(job, "a").Lines[1]);
        job.Run();

        Assert.Equal("It ran again because someone asked to retry what failed.", Explained(job, "a").Lines[1]);
        const string Asked = "Someone asked to retry what failed, was skipped or cancelled.";
        Assert.Contains(Explained(job, "b").Lines, l => l.EndsWith(Asked, StringComparison.Ordinal));
        Assert.DoesNotContain(Explained(job, "c").Lines, l => l.EndsWith(Asked, StringComparison.Ordinal));
    }

    [Fact]
    public void A_cancelled_task_tells_whether_it_had_started()
    {
        var job = new RecordedJob(Flows.Draft("a", "b: a").Build()).StartReady();
        job.Ask(new JobCommand.CancelJob(job.Now, "wrong\ninput"));
        Assert.Equal(
            "Task 'a' was asked to stop because the job was cancelled, and has not yet: attempt 1.", Why(job, "a"));
        job.EndOne();

        Assert.Equal("Task 'a' was cancelled while it ran or backed off because the job was cancelled (wrong input).",
            Why(job, "a"));
        Assert.Equal("Task 'b' was cancelled before it started because the job was cancelled (wrong input).",
            Why(job, "b"));
    }

    [Fact]
    public void What_was_stopped_before_the_job_was_cancelled_has_nothing_of_its_words()
    {
        var job = Given.Flow("a").Adds("a", "one").Started()
            .Expand("a", "x, y, z", e => e with { StopAfterFailures = 1 }).StartAll().Fail("a.x").Succeed("a.y")
            .Cancel("wrong input").Succeed("a.z");

        Assert.Equal(
            "Task 'a.y' was cancelled while it ran or backed off because another task failed, and that stops the "
            + "others.",
            Explain.Task(job.State, job.Events, job.Number("a.y")).Lines[0]);
    }

    [Fact]
    public void A_running_job_says_what_it_waits_for()
    {
        var draft = Flows.Draft("a", "b", "c", "d: a").With("b", Retrying(2, TimeSpan.FromMinutes(1)));
        draft.Policy = new FlowPolicy { MaxParallel = 2 };
        var job = new RecordedJob(draft.Build()).Answer("b", Flows.Failure()).StartReady().EndOne().EndOne();
        job.Ask(new JobCommand.PauseJob(job.Now));
        var why = Explain.Job(job.State, job.Events);

        Assert.Equal(
            [
                "Job 'job-1' of flow 'flow' is paused.",
                "Nothing new starts until it is continued.",
                "Ready, waiting for a slot: c, d.",
                "Backing off: b until 2030-01-31 12:01:02.000Z.",
                "",
                "2030-01-31 12:00:00.000Z  The job was submitted with 4 tasks.",
                "2030-01-31 12:00:02.000Z  The job was paused.",
            ],
            why.Lines);
    }

    [Fact]
    public void A_failed_job_names_what_failed_and_what_could_not_run()
    {
        var job = new RecordedJob(Flows.Draft("a", "b: a").Build()).Answer("a", Flows.Failure("broken", "E")).Run();
        var why = Explain.Job(job.State, job.Events);

        Assert.Equal("Task 'a' failed because the attempt threw: E: broken. Skipped because of it: b.", why.Lines[1]);
        Assert.Equal(("job-1", "failed", Reason.None), (why.Subject, why.Status, why.Reason));
    }

    [Fact]
    public void Every_event_can_be_told()
    {
        var kinds = typeof(JobEvent).GetNestedTypes(BindingFlags.Public);
        Assert.NotEmpty(kinds);
        var story = new TaskStory(new JobGraph(Flows.Draft("a").Build()));
        var failure = Flows.Failure();
        foreach (var kind in kinds)
        {
            var fact = (JobEvent)RuntimeHelpers.GetUninitializedObject(kind);
            kind.GetProperty("Failure")?.SetValue(fact, failure);
            kind.GetProperty("Markers")?.SetValue(fact, new[] { new Marker(Severity.Info, "It goes on.") });
            kind.GetProperty("Kept")?.SetValue(fact, new KeptFiles(1, "d", [], 0));
            kind.GetProperty("TaskNames")?.SetValue(fact, Array.Empty<string>());
            kind.GetProperty("Notes")?.SetValue(fact, new AttemptNotes());
            kind.GetProperty("Markers")?.SetValue(fact, Array.Empty<Marker>());
            kind.GetProperty("Kept")?.SetValue(fact, new KeptFiles(1, "d", [], 0));
            kind.GetProperty("Job")?.SetValue(fact, new SubmittedJob(new JobId("j"), "f", "", ["a"], Payload.None));
            Assert.InRange(JobEvents.TaskOf(fact), -1, 0);
            Assert.EndsWith(".", story.Tell(fact), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_reason_has_a_sentence_and_every_phase_a_standing()
    {
        Assert.All(Enum.GetValues<Reason>(), r => Assert.NotEmpty(ReasonSentences.Of(r)));
        Assert.All(Enum.GetValues<Reason>(), r => Assert.Equal($"{r}", ReportWords.Of(r), ignoreCase: true));
        for (var seed = 0; seed < 200; seed++)
        {
            var job = ReportHistories.Run(seed);
            for (var task = 0; task < job.State.Flow.Tasks.Count; task++)
                Assert.NotEmpty(Explain.Task(job.State, job.Events, task).ToString());
            Assert.NotEmpty(Explain.Job(job.State, job.Events).ToString());
        }
    }

    private static TaskPolicy Retrying(int attempts, TimeSpan delay) => new()
    {
        Retry = new RetryPolicy { MaxAttempts = attempts, Backoff = Backoff.None with { Initial = delay } },
    };

    private static WhyExplanation Explained(RecordedJob job, string task) =>
        Explain.Task(job.State, job.Events, job.State.Flow[task].Number);

    private static string Why(RecordedJob job, string task) => Explained(job, task).Lines[0];
}
