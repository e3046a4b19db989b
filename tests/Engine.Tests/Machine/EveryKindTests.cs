namespace ActorFlow.Engine.Tests.Machine;

/// <summary>Every kind of command, event and effect goes through every switch of the machine.</summary>
/// <remarks>The compiler proves no switch over records complete: reflection lists the kinds.</remarks>
public sealed class EveryKindTests
{
    private readonly HashSet<string> _commands = ["SubmitJob"];
    private readonly HashSet<string> _effects = [];
    private JobUnderTest _job = Given.Flow("slow -> after; shaky; held; defaulted; skipped; grows; unwanted")
        .Adds("grows", "inner")
        .Task("slow", p => p with { Timeouts = new() { Attempt = TimeSpan.FromSeconds(30) } })
        .Task("shaky", p => p with
        {
            Retry = new() { MaxAttempts = 2, Backoff = new() { Initial = TimeSpan.FromSeconds(9) } },
        })
        .Task("held", p => p with { Retry = new() { OnExhausted = Directive.Hold } })
        .Task("defaulted", p => p with { Retry = new() { OnExhausted = Directive.Ignore } })
        .Task("skipped", p => p with { Retry = new() { OnExhausted = Directive.Skip } })
        .Submit();

    [Fact]
    public void One_story_meets_every_command_every_event_and_every_effect()
    {
        Tell();
        Assert.Equal(KindsOf(typeof(JobCommand)), _commands.Order(StringComparer.Ordinal));
        Assert.Equal(KindsOf(typeof(JobEvent)),
            _job.Events.Select(e => e.GetType().Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(KindsOf(typeof(JobEffect)), _effects.Order(StringComparer.Ordinal));
        Assert.Equal(JobPhase.Cancelled, _job.State.Phase);
    }

    private void Tell()
    {
        var at = _job.Now;
        Send(new JobCommand.PauseJob(at), new JobCommand.ContinueJob(at), new JobCommand.StartTasks(at, 0, 9));
        Send(new JobCommand.NoteHeartbeat(at, 0, 1), new JobCommand.LoseAttempt(at, 2, 1));
        Send(new JobCommand.MarkAttempt(at, 0, 1, [new Marker(Severity.Info, "It goes on.")]));
        Send(new JobCommand.NoteKept(at, 0, new KeptFiles(1, "d", [], 0)));
        Send(new JobCommand.StartTasks(at, 0, 9));
        foreach (var task in new[] { "shaky", "held", "defaulted", "skipped" })
            Send(new JobCommand.FailAttempt(at, _job.Number(task), _job.Attempt(task), new Failure("E", "It broke.")));
        Send(new JobCommand.SettleTask(at, _job.Number("held"), Directive.Ignore, Payload.None));
        Send(new JobCommand.WakeUp(at.AddSeconds(9)), new JobCommand.StartTasks(at, 0, 9));
        Send(new JobCommand.CompleteAttempt(at, _job.Number("shaky"), 3, Payload.None) { Notes = new AttemptNotes() });
        Send(new JobCommand.WakeUp(at.AddSeconds(30)), new JobCommand.WakeUp(at.AddSeconds(35)));
        SendGrowth(at);
        Assert.Equal(JobPhase.Failed, _job.State.Phase);
        Send(new JobCommand.RetryFailed(at));
        _job = _job.Under(_job.Flow.Without(["unwanted"]));
        Send(new JobCommand.ReplaceFlow(at, ChangedFlow.KeepUnchanged, Source: null));
        Send(new JobCommand.CancelJob(at, "enough"));
    }

    private void SendGrowth(DateTimeOffset at)
    {
        var (grows, unwanted) = (_job.Number("grows"), _job.Number("unwanted"));
        var keyed = new Expansion([new ExpansionPart("x", 0) { Input = Payload.None }]) { Key = "k" };
        Send(new JobCommand.SkipAttempt(at, unwanted, _job.Attempt("unwanted")));
        Send(new JobCommand.ExpandAttempt(at, grows, 1, keyed), new JobCommand.LoseAttempt(at, grows, 1));
        Send(new JobCommand.StartTasks(at, 0, 9), new JobCommand.ExpandAttempt(at, grows, 2, keyed));
        Send(new JobCommand.StopExpansion(at, grows, 2, "k"));
        Send(new JobCommand.FailAttempt(at, _job.Number("grows.x"), 1, new Failure("E", "It stopped.")));
        Send(new JobCommand.CompleteAttempt(at, grows, 2, Payload.None));
    }

    private void Send(params JobCommand[] commands)
    {
        foreach (var command in commands)
        {
            _commands.Add(command.GetType().Name);
            _job.Send(command);
            Assert.Null(_job.Refusal);
            _effects.UnionWith(_job.LastStep.Effects.Select(e => e.GetType().Name));
        }
    }

    private static IEnumerable<string> KindsOf(Type vocabulary) =>
        vocabulary.GetNestedTypes()
            .Where(t => t.IsSubclassOf(vocabulary))
            .Select(t => t.Name)
            .Order(StringComparer.Ordinal);
}
