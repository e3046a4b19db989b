namespace ActorFlow.Engine.Tests.Reports;

/// <summary>How the table of a report is laid out, at the bounds of what it shows.</summary>
public sealed class ReportLayoutTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(10, "0.001 ms")]
    [InlineData(9_999_990, "999.999 ms")]
    [InlineData(10_000_000, "1.00 s")]
    [InlineData(599_900_000, "59.99 s")]
    [InlineData(600_000_000, "00:01:00")]
    [InlineData(36_000_000_000 * 25 + 600_000_000 * 2 + 30_000_000, "25:02:03")]
    public void Durations_are_written_as_short_as_they_can_be(long ticks, string text) =>
        Assert.Equal(text, ReportWords.Of(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void Each_standing_of_a_job_has_its_words_in_the_headline()
    {
        var running = new RecordedJob(Flows.Draft("a").Build()).StartReady();
        Assert.Equal("Job 'job-1' of flow 'flow' is running.", running.Report.ToString());
        running.Ask(new JobCommand.PauseJob(running.Now));
        Assert.Equal("Job 'job-1' of flow 'flow' is paused.", running.Report.ToString());
        running.Ask(new JobCommand.CancelJob(running.Now, null));
        Assert.Equal("Job 'job-1' of flow 'flow' is stopping: the job was cancelled.", running.Report.ToString());
        Assert.Equal(
            "Job 'job-1' of flow 'flow' was cancelled after 1.00 s: the job was cancelled.",
            running.EndOne().Report.ToString());
        Assert.Equal(
            "Job 'job-1' of flow 'flow' succeeded after 1.00 s.",
            new RecordedJob(Flows.Draft("a").Build()).Run().Report.ToString());

        var late = Flows.Draft("a");
        late.Policy = new FlowPolicy { Timeout = TimeSpan.FromMinutes(2) };
        var job = new RecordedJob(late.Build());
        job.Ask(new JobCommand.WakeUp(job.Now += TimeSpan.FromMinutes(2)));
        Assert.Equal(
            "Job 'job-1' of flow 'flow' timed out after 00:02:00: the job did not end within 00:02:00.",
            job.Report.ToString());
    }

    [Fact]
    public void As_many_tasks_are_listed_as_are_wanted_and_the_rest_is_counted()
    {
        var report = new RecordedJob(Flows.Draft("a", "b", "c").Build()).Run().Report;

        Assert.DoesNotContain("more tasks", report.ToText(3), StringComparison.Ordinal);
        Assert.Contains("succeeded  b ", report.ToText(2), StringComparison.Ordinal);
        Assert.DoesNotContain("succeeded  c ", report.ToText(2), StringComparison.Ordinal);
        Assert.Contains("… and 1 more task.", report.ToText(2), StringComparison.Ordinal);
        foreach (var none in (int[])[0, -1])
            Assert.Equal(
                "Job 'job-1' of flow 'flow' succeeded after 3.00 s.\n\n… and 3 more tasks.\n\n"
                + "3 tasks: 3 succeeded, 0 failed, 0 skipped, 0 cancelled\nCritical path: c\n",
                report.ToText(none));
    }

    [Fact]
    public void One_task_is_one_task_and_a_column_is_as_wide_as_the_longest_name_up_to_its_most()
    {
        Assert.Contains("\n1 task: 1 succeeded", Text("a"), StringComparison.Ordinal);
        Assert.Contains("\nSTATUS     TASK  ATTEMPTS", Text("abc"), StringComparison.Ordinal);
        Assert.Contains("\nSTATUS     TASK    ATTEMPTS", Text("abcdef"), StringComparison.Ordinal);
        Assert.Contains(
            $"\nSTATUS     TASK{new string(' ', 58)}ATTEMPTS", Text(new string('n', 61)), StringComparison.Ordinal);
        Assert.Contains(
            $"\nsucceeded  {new string('n', 61)}  1 ", Text(new string('n', 61)), StringComparison.Ordinal);

        static string Text(string task) => new RecordedJob(Flows.Draft(task).Build()).Run().Report.ToText();
    }

    [Fact]
    public void A_job_of_which_nothing_ran_has_no_path_and_one_that_was_cancelled_has_nothing_that_has_not_ended()
    {
        var job = new RecordedJob(Flows.Draft("a", "b").Build());
        Assert.EndsWith("0 cancelled, 2 not ended\n", job.Report.ToText(), StringComparison.Ordinal);
        job.Ask(new JobCommand.CancelJob(job.Now, null));

        Assert.EndsWith(
            "2 tasks: 0 succeeded, 0 failed, 0 skipped, 2 cancelled\n", job.Report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_attempts_default_outputs_and_skips_say_why()
    {
        var draft = Flows.Draft("lost", "ignored", "rescue: lost")
            .With("ignored", new TaskPolicy { Supervision = [new SupervisionRule(Directive.Ignore)] })
            .With("rescue", new TaskPolicy { Trigger = TriggerRule.AnyFailed });
        var text = new RecordedJob(draft.Build()).Answer("lost", new Failure(Failure.LostType, "gone"))
            .Answer("ignored", Flows.Failure("no", "E")).Run().Report.ToText();

        Assert.Contains("STATUS     TASK     ATTEMPTS    ELAPSED     WHY\n", text, StringComparison.Ordinal);
        Assert.Contains("succeeded  lost     2 (1 lost)  ", text, StringComparison.Ordinal);
        Assert.Contains("went on with a default output after E: no\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "skipped    rescue   0           -           because it runs when an upstream task fails, and none did\n",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worst_comes_first_and_what_is_fine_comes_last()
    {
        var draft = Flows.Draft("fine", "waits: fails", "fails", "held", "runs", "ready")
            .With("held", new TaskPolicy { Retry = new RetryPolicy { OnExhausted = Directive.Hold } })
            .With("waits", new TaskPolicy { Trigger = TriggerRule.AllDone })
            .With("runs", new TaskPolicy { Priority = -1 })
            .With("ready", new TaskPolicy { Pool = "other" });
        draft.Tasks[1].Inputs.Add(InputDraft.FromTask("", "runs") with { Required = false });
        draft.Tasks[1].Inputs[0] = draft.Tasks[1].Inputs[0] with { Required = false };
        var job = new RecordedJob(draft.Build())
            .Answer("fails", Flows.Failure()).Answer("held", Flows.Failure());
        job.Ask(new JobCommand.StartTasks(job.Now, job.State.PoolOf(0), int.MaxValue));
        var rows = job.EndOne().EndOne().EndOne().Report.ToText().Split('\n')[3..9];

        Assert.Equal(
            ["failed", "held", "running", "ready", "waiting", "succeeded"], rows.Select(row => row.Split(' ')[0]));
    }

    [Fact]
    public void Abandoned_attempts_are_counted_if_there_are_any()
    {
        var draft = Flows.Draft("a").With("a", new TaskPolicy
        {
            Timeouts = new TaskTimeouts { Attempt = TimeSpan.FromSeconds(5), Grace = TimeSpan.FromSeconds(1) },
        });
        var job = new RecordedJob(draft.Build()).StartReady();
        job.Ask(new JobCommand.WakeUp(job.Now += TimeSpan.FromSeconds(5)));
        Assert.DoesNotContain("Abandoned", job.Report.ToText(), StringComparison.Ordinal);
        job.Ask(new JobCommand.WakeUp(job.Now += TimeSpan.FromSeconds(1)));

        Assert.EndsWith(
            "Abandoned attempts: 1 did not stop when they were asked to.\n", job.Report.ToText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Twenty_tasks_of_a_path_are_listed_and_of_more_the_middle_is_counted()
    {
        Assert.EndsWith("t8 -> t9 -> t10 -> t11 -> t12", Path(20)[..^" -> t13 -> t14 -> t15 -> t16 -> t17 -> t18 -> t19"
            .Length], StringComparison.Ordinal);
        Assert.EndsWith(
            "t8 -> t9 -> … (2 more) -> t12 -> t13 -> t14 -> t15 -> t16 -> t17 -> t18 -> t19 -> t20 -> t21", Path(22),
            StringComparison.Ordinal);

        static string Path(int tasks)
        {
            var names = Enumerable.Range(0, tasks).Select(i => i == 0 ? "t0" : $"t{i}: t{i - 1}").ToArray();
            return new RecordedJob(Flows.Draft(names).Build()).Run().Report.ToText().TrimEnd();
        }
    }

    [Fact]
    public void Ten_names_are_listed_and_more_are_counted()
    {
        Assert.Contains("skipped because of it: s0, s1, s2, s3, s4, s5, s6, s7, s8, s9\n", Text(10),
            StringComparison.Ordinal);
        Assert.Contains("skipped because of it: s0, s1, s2, s3, s4, s5, s6, s7, s8, s9 and 1 more\n", Text(11),
            StringComparison.Ordinal);

        static string Text(int skipped) => new RecordedJob(Flows.Draft(
                ["a", .. Enumerable.Range(0, skipped).Select(i => $"s{i}: a")]).Build())
            .Answer("a", Flows.Failure()).Run().Report.ToText();
    }

    [Fact]
    public void A_message_is_shown_up_to_its_most_and_its_spaces_stay_unless_something_had_to_go()
    {
        var most = 500 - "E: ".Length;
        Assert.Contains($"E: {new string('m', most)}\n", Text(new string('m', most)), StringComparison.Ordinal);
        Assert.Contains($"E: {new string('m', most)}…\n", Text(new string('m', most + 1)), StringComparison.Ordinal);
        Assert.Contains(
            $"E: {new string('m', most - 1)}…\n", Text(new string('m', most - 1) + "🎉"), StringComparison.Ordinal);
        Assert.Contains("E: two  spaces\n", Text("two  spaces"), StringComparison.Ordinal);
        Assert.Contains("E: two spaces\n", Text("two \t spaces"), StringComparison.Ordinal);

        Assert.Contains("  no route\n", Text("no route", "ActorFlow.Lost"), StringComparison.Ordinal);
        Assert.Contains("  ActorFlow.Lost\n", Text("", "ActorFlow.Lost"), StringComparison.Ordinal);

        static string Text(string message, string type = "E") => new RecordedJob(Flows.Draft("a").Build())
            .Answer("a", Flows.Failure(message, type)).Run().Report.ToText();
    }
}
