using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>What is in the events comes back as it was, to the last byte.</summary>
internal static class RulesOfContent
{
    public static readonly JournalRule[] All =
    [
        new("Every kind of event comes back as it was", ComesBack),
        new("A payload comes back byte for byte", PayloadComesBack),
        new("A large payload comes back as it was", LargePayloadComesBack),
        new("A time of another zone comes back as the same moment", TimeComesBack),
        new("A live value is kept as it is, or its append fails with a JournalException", LiveValueIsKeptOrRefused),
    ];

    private static async Task ComesBack(Trial trial)
    {
        var (together, each) = (new JobId("together"), new JobId("each"));
        await trial.AppendAsync(together, 0, Examples.OfEveryKind(together));
        var events = Examples.OfEveryKind(each);
        for (var i = 0; i < events.Length; i++) await trial.AppendAsync(each, i, events[i]);
        await RequireAsync();
        if (!trial.Subject.IsDurable) return;
        await trial.ReopenAsync();
        await RequireAsync();

        async Task RequireAsync()
        {
            await Demand.EventsAsync(trial, together, Examples.OfEveryKind(together));
            await Demand.EventsAsync(trial, each, events);
            await Demand.LineAsync(trial, new JournaledJob(
                each, "flow", DateTimeOffset.MinValue, events.Length, JobPhase.TimedOut, DateTimeOffset.MaxValue,
                new TaskCounts(0, 1, 2, 3)));
        }
    }

    private static async Task PayloadComesBack(Trial trial)
    {
        string[] texts =
        [
            "null", "\"\"", "0", "-0", "1.0", "1e400", "123456789012345678901234567890", " [ ] ",
            "{\"b\":1,\"a\":2,\"b\":3}",
            "\"\\u0000\"", "\"\\ud800\"", "\"a\\/b\"", "\"𝄞 \\ud834\\udd1e\"", "\n{}\r\n\t",
        ];
        JobEvent[] events =
        [
            Examples.Submitted(Examples.Job), .. texts.Select(text => Examples.Succeeded(1, text)),
            Examples.Succeeded(1, Payload.None),
        ];
        await trial.AppendAsync(Examples.Job, 0, events);
        await Demand.EventsAsync(trial, Examples.Job, events);
    }

    private static async Task LargePayloadComesBack(Trial trial)
    {
        var large = new char[3 * 1024 * 1024];
        for (var i = 0; i < large.Length; i++) large[i] = (char)('a' + i % 26);
        JobEvent[] events = [Examples.Submitted(Examples.Job), Examples.Succeeded(1, $"\"{new string(large)}\"")];
        await trial.AppendAsync(Examples.Job, 0, events);
        await trial.AppendAsync(Examples.Job, 2, Examples.Ended());
        await Demand.EventsAsync(trial, Examples.Job, [.. events, Examples.Ended()]);
    }

    private static async Task TimeComesBack(Trial trial)
    {
        var there = new DateTimeOffset(2030, 1, 1, 2, 0, 0, TimeSpan.FromHours(2));
        await trial.AppendAsync(
            Examples.Job, 0, Examples.Submitted(Examples.Job) with { At = there }, new JobEvent.JobPaused(there),
            Examples.Started() with { At = there }, new JobEvent.RetryScheduled(there, 0, there, Reason.None));
        await Demand.EventsAsync(
            trial, Examples.Job, Examples.Submitted(Examples.Job), new JobEvent.JobPaused(Examples.At(0)),
            Examples.Started(), new JobEvent.RetryScheduled(Examples.At(0), 0, Examples.At(0), Reason.None));
    }

    private static async Task LiveValueIsKeptOrRefused(Trial trial)
    {
        var (job, value) = (Examples.Job, new object());
        var live = Examples.Succeeded(1, Payload.Live(value));
        await trial.AppendAsync(job, 0, Examples.Submitted(job));
        var write = trial.Begin(job, 1, Examples.Started(), live, Examples.Ended());
        var error = await trial.ToldAsync(write);
        if (trial.Subject.KeepsLiveValues)
        {
            Demand.Same($"the error of {write}, which has a live value", "no error.", JournalText.Of(error));
            var read = (await trial.ReadAsync(job, 3))[0] as JobEvent.TaskSucceeded;
            Demand.That(ReferenceEquals(read?.Output.Value, value), "the same object.", $"{read}");
            return;
        }

        Demand.That(
            error is JournalException, $"{write}, which has a live value, to fail with a JournalException.",
            JournalText.Of(error));
        await Demand.EventsAsync(trial, job, Examples.Submitted(job));
        // Whoever shares a write with it is not harmed.
        await trial.AppendAsync(job, 1, Examples.Started());
        await Demand.EventsAsync(trial, job, Examples.Submitted(job), Examples.Started());
    }
}
