namespace ActorFlow.Engine.Tests.Machine;

/// <summary>What is known of a result that was taken over, and which histories and takeovers are refused.</summary>
public sealed class TakeoverTests
{
    private static readonly AttemptNotes Hit = new() { Reused = new Reuse(ReuseSource.Cache, "ab12") };

    [Fact]
    public void A_kept_result_says_when_it_ran_and_what_it_said()
    {
        var job = Noted().Under(Other).Replace(ChangedFlow.KeepUnchanged);
        var a = job.Number("a");
        Assert.Equal((Seconds(0), Seconds(15)), (job.State.StartedAtOf(a), job.State.EndedAtOf(a)));
        Assert.Equal((2, Hit), (job.Attempt("a"), job.State.NotesOf(a)));
        Assert.Equal((Seconds(0), Seconds(20)), (job.State.SubmittedAt, job.State.FlowReplacedAt));
        Assert.Null(job.State.Submitted!.Taken);
        var again = job.Advance(5).Under(Changed("a -> b; c", "b")).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal((Seconds(0), Seconds(15)), (again.State.StartedAtOf(a), again.State.EndedAtOf(a)));
    }

    [Fact]
    public void Nobody_is_to_blame_for_a_kept_success()
    {
        var job = Given.Flow("a; b; c").Started().Succeed("a").Succeed("b").Under(Changed("a; b; c", "c"))
            .Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal((null, null), (job.Cause("a"), job.Cause("b")));
    }

    [Fact]
    public void A_shared_result_says_what_it_said_and_not_when()
    {
        var fork = Noted().Succeed("b").Fork("b");
        var a = fork.Number("a");
        Assert.Equal((null, fork.Now), (fork.State.StartedAtOf(a), fork.State.EndedAtOf(a)));
        Assert.Equal((0, Hit), (fork.Attempt("a"), fork.State.NotesOf(a)));
        Assert.Null(fork.State.Submitted!.Taken);
        var later = fork.Under(Other).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal((null, fork.Now, 0), (later.State.StartedAtOf(a), later.State.EndedAtOf(a), later.Attempt("a")));
    }

    [Fact]
    public void A_failed_task_that_is_retried_begins_anew_in_its_time_and_in_what_it_said()
    {
        var job = Given.Flow("a -> b; c").Started().Advance(10).Fail("a").Succeed("c").RetryFailed().Advance(10)
            .StartAll().Advance(10).Succeed("a").Under(Other).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("a Succeeded, b Ready", job.Tasks);
        Assert.Equal(Seconds(20), job.State.StartedAtOf(0));
    }

    [Fact]
    public void A_part_that_outlives_its_task_is_cancelled_when_the_result_is_kept()
    {
        var job = Given.Flow("c; map -> b").Adds("map", "inner").Started()
            .Expand("map", "x", e => e with { Key = "k" }).StartAll().Succeed("map").StartAll();
        Assert.Equal("c Running, map Succeeded, b Running, map.x Stopping", job.Tasks);
        var kept = job.Advance(2).Under(Changed("c; map -> b", "b", "map")).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal("c Ready, map Succeeded, b Ready, map.x Cancelled", kept.Tasks);
        Assert.Equal((Reason.OwnerEnded, null), (kept.Reason("map.x"), kept.Cause("map.x")));
        Assert.Equal(Seconds(2), kept.State.EndedAtOf(kept.Number("map.x")));
        var again = kept.Advance(2).Under(Changed("c; map -> b", "b", "map")).Replace(ChangedFlow.KeepUnchanged);
        Assert.Equal(Seconds(2), again.State.EndedAtOf(again.Number("map.x")));
    }

    [Fact]
    public void Attempts_that_have_begun_are_open_until_their_tasks_end()
    {
        var job = Given.Flow("map; b; c; d").Adds("map", "inner").Started().Succeed("b").Fail("c")
            .Expand("map", "x").StartAll();
        Assert.Equal(
            [new OpenAttempt("map", 1), new OpenAttempt("d", 1), new OpenAttempt("map.x", 1)],
            JobPast.Of(job.Events).OpenAttempts);
        Assert.Empty(JobPast.Of(job.Succeed("map.x").Fail("d").StartAll().Succeed("map").Events).OpenAttempts);
        var stopped = Given.Flow("a").Started().Cancel();
        Assert.Single(JobPast.Of(stopped.Events).OpenAttempts);
        Assert.Empty(JobPast.Of(stopped.Succeed("a").Events).OpenAttempts);
    }

    [Fact]
    public void Without_a_past_a_flow_and_an_input_nothing_is_taken_over()
    {
        var job = Given.Flow("a").Started().Succeed("a");
        var past = JobPast.Of(job.Events);
        Assert.Throws<ArgumentNullException>(() => JobPast.Of(null!));
        Assert.Throws<ArgumentNullException>(() => new JobMachine(job.Flow, null!));
        Assert.Throws<ArgumentNullException>(() => Takeover.Fork(null!, job.Flow, "a", Payload.None));
        Assert.Throws<ArgumentNullException>(() => Takeover.Fork(past, null!, "a", Payload.None));
        Assert.Throws<ArgumentNullException>("input", () => Takeover.Fork(past, job.Flow, "a", null!));
    }

    [Fact]
    public void Events_that_are_not_those_of_one_job_have_no_past()
    {
        var events = Given.Flow("a").Started().Events;
        Assert.Equal("There is no past: no event was given.", Message([]));
        const string ByHand = "[this is a bug in ActorFlow, or the journal was changed by hand].";
        Assert.Equal(
            $"The job cannot have had the event JobSubmitted at 2026-01-01T00:00:00.0000000+00:00: a job is submitted "
            + $"first, and once {ByHand}",
            Message([events[0], events[0]]));
        Assert.Contains("TaskStarted", Message([events[1]]));
        foreach (var number in new[] { -1, 1 })
            Assert.Contains(
                $"it is about task number {number}, and there are 1, from 0 {ByHand}",
                Message([events[0], (JobEvent.TaskStarted)events[1] with { Task = number }]));

        static string Message(IEnumerable<JobEvent> events) =>
            Assert.Throws<ActorFlowException>(() => JobPast.Of(events)).Message;
    }

    public static TheoryData<TakenOver, string> Misfits
    {
        get
        {
            var a = new TakenTask(0, TaskPhase.Succeeded);
            var grown = new Expansion([new ExpansionPart("x", 0) { Input = Payload.None }]);
            return new()
            {
                { Of([new(0, TaskPhase.Failed)]), "it takes task 'a' over, which has not succeeded" },
                { Of([new(0, TaskPhase.Running)]), "it takes task 'a' over, which has not succeeded" },
                { Of([new(2, TaskPhase.Succeeded)]), "it takes over task number 2, and there are 2, from 0" },
                { Of([a with { Cause = 2 }]), "it takes over task number 0, and there are 2, from 0" },
                { Of([a, a]), "it takes over task number 0, and there are 2, from 0" },
                { Of([], new TakenScope(0, grown, ["a.x"])), "number 0 had added is taken over without its result" },
                { Of([], new TakenScope(2, grown, ["a.x"])), "number 2 had added is taken over without its result" },
                {
                    Of([a, new(2, TaskPhase.Succeeded)], new TakenScope(2, grown, ["a.x"])),
                    "number 2 had added is taken over without its result"
                },
                { Of([a], new TakenScope(0, grown, ["a.y"])), "tasks that are taken over are called otherwise" },
                { Of([a], new TakenScope(0, grown, ["a.x"])), "it takes over 0 of 1 tasks that were added" },
                {
                    Of([a], new TakenScope(0, new Expansion([new("x", 3)]), ["a.x"])),
                    "part 'x' is made of template 3, and there are 1, from 0"
                },
            };

            static TakenOver Of(IReadOnlyList<TakenTask> tasks, params IReadOnlyList<TakenScope> scopes) =>
                new(tasks, scopes, []);
        }
    }

    [Theory]
    [MemberData(nameof(Misfits))]
    public void A_history_that_takes_over_what_cannot_be_is_refused(TakenOver taken, string problem)
    {
        var flow = Given.Flow("a -> b").Adds("a", "inner").Build();
        var first = (JobEvent.JobSubmitted)new JobUnderTest(flow).Submit().Events[0];
        var error = Assert.Throws<ActorFlowException>(() =>
            new JobMachine(flow).Replay(first with { Job = first.Job with { Taken = taken } }));
        Assert.Contains(problem, error.Message);
        Assert.Contains("the journal was changed by hand", error.Message);
    }

    [Fact]
    public void More_than_a_job_can_have_is_not_taken_over()
    {
        var flow = Given.Flow("a").Build();
        Assert.Null(Takeover.Problem(OfTasks(Limits.Tasks - 1), flow));
        Assert.Equal(
            $"With those that are taken over it would have {Limits.Tasks + 1} tasks; {Limits.Tasks} is the most.",
            Takeover.Problem(OfTasks(Limits.Tasks), flow)?.Message);
        var output = Text(Limits.PayloadBytes);
        Assert.Equal(16, Limits.TakenBytes / Limits.PayloadBytes);
        var rest = new TakenTask(15, TaskPhase.Succeeded) { Output = Text(Limits.PayloadBytes - (16 * 32)) };
        var most = OfOutputs(15) with { Tasks = [.. OfOutputs(15).Tasks, rest] };
        Assert.Equal(Limits.TakenBytes, most.Size);
        Assert.Null(Takeover.Problem(most, flow));
        Assert.Equal(
            $"The results to take over take {Limits.TakenBytes + (16 * 32)} bytes; {Limits.TakenBytes} is the most. "
            + "Run more of it again.",
            Takeover.Problem(OfOutputs(16), flow)?.Message);

        static Payload Text(int bytes) => Payload.FromJson($"\"{new string('x', bytes - 2)}\"");

        static TakenOver OfTasks(int count) =>
            new([], [new TakenScope(0, new Expansion([]), [.. Enumerable.Repeat("x", count)])], []);

        TakenOver OfOutputs(int count) => new(
            [.. Enumerable.Range(0, count).Select(n => new TakenTask(n, TaskPhase.Succeeded) { Output = output })],
            [], []);
    }

    private static Flow Other => Changed("a -> b", "b");

    // a has succeeded from a cache in its second attempt, b runs.
    private static JobUnderTest Noted()
    {
        var retry = new RetryPolicy { MaxAttempts = 2, Backoff = new() { Initial = TimeSpan.FromSeconds(5) } };
        var job = Given.Retrying(retry, "a -> b").Started().Advance(5).Fail("a").Advance(5).StartAll().Advance(5);
        job.Send(new JobCommand.CompleteAttempt(job.Now, 0, 2, Payload.FromJson("1")) { Notes = Hit });
        return job.StartAll().Advance(5);
    }

    private static Flow Changed(string text, string task, string? adding = null)
    {
        var draft = FlowText.Draft(text);
        draft.Tasks.Find(t => t.Name == task)!.Kind = "changed";
        if (adding is not null)
            draft.Tasks.Find(t => t.Name == adding)!.Templates = [new FlowTemplate(FlowText.Draft("inner").Build(), 0)];
        return draft.Build();
    }

    private static DateTimeOffset Seconds(int count) => JobUnderTest.Epoch + TimeSpan.FromSeconds(count);
}
