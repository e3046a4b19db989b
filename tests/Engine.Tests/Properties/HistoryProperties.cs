using FsCheck;
using FsCheck.Fluent;

namespace ActorFlow.Engine.Tests.Properties;

/// <summary>What holds for every flow and every history.</summary>
public sealed class HistoryProperties
{
    private static readonly Arbitrary<int[]> Numbers = Arb.From(Gen.ArrayOf(Gen.Choose(0, 5039), 260), Shorter);

    [Fact]
    public void Every_history_keeps_every_promise() => Check(400, numbers =>
    {
        var job = RandomHistory.Live(numbers);
        Referee.Check(job.Flow, job.Events);
        Assert.Equal(job.State.Counts, JobPast.Of(job.Events).Counts);
    });

    [Fact]
    public void Every_history_of_flows_that_change_uses_no_attempt_twice_and_repeats_no_result_that_it_keeps() =>
        Check(300, numbers =>
        {
            var job = RandomHistory.Live(numbers, mayChange: true);
            var (names, attempts, kept) = (new List<string>(), new HashSet<(string, int)>(), new HashSet<int>());
            foreach (var fact in job.Events)
            {
                JobEvents.Follow(fact, names);
                if (JobEvents.BeginningIn(fact) is { } begun)
                    kept = [.. (begun.Taken?.Tasks ?? []).Select(task => task.Task)];
                if (fact is not JobEvent.TaskStarted e) continue;
                Assert.True(attempts.Add((names[e.Task], e.Attempt)), $"{fact} is there twice.");
                Assert.DoesNotContain(e.Task, kept);
            }
        });

    [Fact]
    public void The_same_commands_lead_to_the_same_events() => Check(50, numbers =>
        Assert.Equal(RandomHistory.Live(numbers).EventsText, RandomHistory.Live(numbers).EventsText));

    /// <summary>
    /// The same choices with ever smaller pieces left out: a shorter history that fails too is easier to read.
    /// </summary>
    private static IEnumerable<int[]> Shorter(int[] numbers)
    {
        for (var piece = numbers.Length / 2; piece > 0; piece /= 2)
            for (var from = 0; from + piece <= numbers.Length; from += piece)
                yield return [.. numbers[..from], .. numbers[(from + piece)..]];
    }

    private static void Check(int times, Action<int[]> property) => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(times).WithReplay(20260101, 7),
        Prop.ForAll(Numbers, property));
}
