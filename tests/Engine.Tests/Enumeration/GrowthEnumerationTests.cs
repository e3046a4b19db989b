using ActorFlow.Engine.Tests.Properties;

namespace ActorFlow.Engine.Tests.Enumeration;

/// <summary>
/// Every history of small jobs that grow: every outcome of every attempt in every order, a crash between any two, and
/// once more what failed. Their number is asserted, so that none gets lost.
/// </summary>
public sealed class GrowthEnumerationTests
{
    private static readonly ExpansionPart X = new("x", 0) { Input = Payload.None };
    private static readonly ExpansionPart Y = new("y", 0) { Input = Payload.None };
    private static readonly Expansion Both = new([X, Y]);

    private static readonly Dictionary<string, Expansion> Kinds = new(StringComparer.Ordinal)
    {
        ["both"] = Both,
        ["one at once"] = Both with { MaxParallel = 1 },
        ["until one fails"] = Both with { StopAfterFailures = 1 },
        ["one after the other"] = new([X, Y with { Input = null, From = [0] }]),
        ["handing over"] = Both with { HandsOverFailures = true, StopAfterFailures = 1 },
        ["nothing"] = new([]),
        ["awaited"] = Both with { Key = "k" },
        ["awaited, one at once"] = Both with { Key = "k", MaxParallel = 1, StopAfterFailures = 1 },
    };

    [Theory]
    [InlineData("both", 328)]
    [InlineData("one at once", 137)]
    [InlineData("until one fails", 390)]
    [InlineData("one after the other", 98)]
    [InlineData("handing over", 270)]
    [InlineData("nothing", 70)]
    [InlineData("awaited", 10_842)]
    [InlineData("awaited, one at once", 1_616)]
    public void Every_history_of_a_task_that_expands_keeps_every_promise(string kind, int histories)
    {
        var (choices, lived) = (new EveryChoice(), 0);
        do
        {
            var job = Live(choices, Kinds[kind]);
            Referee.Check(job.Flow, job.Events);
            lived++;
        }
        while (choices.TryNext());
        Assert.Equal(histories, lived);
    }

    private static JobUnderTest Live(EveryChoice choices, Expansion expansion)
    {
        var job = Given.Flow("a").Adds("a", "one").Started();
        var (crashes, rounds, expansions) = (1, 1, 2);
        while (!job.State.Phase.HasEnded() || (GoesOn(job) && rounds-- > 0 && choices.Below(2) == 1))
        {
            if (job.State.Phase.HasEnded()) job.RetryFailed().StartAll();
            List<Action> moves = [];
            foreach (var task in job.State.Graph.TaskNames.Where(name => job.State.HasAttempt(job.Number(name))))
            {
                moves.Add(() => job.Succeed(task));
                moves.Add(() => job.Fail(task));
            }

            // By its key it may ask again for what is there; otherwise it would add the same anew.
            if (job.State.HasAttempt(0) && expansions > 0 && (expansion.Key is not null || job.State.Graph.Count == 1))
                moves.Add(() => (expansions, _) = (expansions - 1, job.Expand("a", expansion)));
            if (crashes > 0) moves.Add(() => (crashes, _) = (crashes - 1, job.Crash()));
            moves[choices.Below(moves.Count)]();
            job.StartAll();
        }

        return job;
    }

    private static bool GoesOn(JobUnderTest job) => job.State.Phase == JobPhase.Failed;
}
