using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>How a job ends being there.</summary>
internal static class RulesOfForgetting
{
    public static readonly JournalRule[] All =
    [
        new("A forgotten job is gone, and the others are as they were", IsGone),
        new("The id of a forgotten job is free again", IdIsFree),
        new("A forgotten job takes no more events", TakesNoMore),
        new("A job that has not ended is not forgotten", IsNotForgotten),
        new("Of many that forget a job at once one is told that it was there", IsForgottenOnce),
    ];

    private static async Task IsGone(Trial trial)
    {
        await trial.RunWholeAsync(Examples.Job);
        await trial.RunWholeAsync(Examples.Other);
        await ForgetAsync(trial, Examples.Job);
        Demand.Same("what forgetting it again says", false, await trial.ForgetAsync(Examples.Job));
        await Demand.NothingAsync(trial, Examples.Job);
        await Demand.JobsAsync(trial, Examples.Other);
        await Demand.EventsAsync(trial, Examples.Other, Examples.Whole(Examples.Other));
    }

    private static async Task IdIsFree(Trial trial)
    {
        await trial.RunWholeAsync(Examples.Job);
        await trial.RunWholeAsync(Examples.Other);
        for (var life = 1; life < 4; life++)
        {
            await ForgetAsync(trial, Examples.Job);
            await trial.AppendAsync(Examples.Job, 0, Examples.Submitted(Examples.Job, life));
            await Demand.EventsAsync(trial, Examples.Job, Examples.Submitted(Examples.Job, life));
            await Demand.JobsAsync(trial, Examples.Other, Examples.Job);
            await trial.AppendAsync(Examples.Job, 1, Examples.Ended(life));
        }
    }

    private static async Task TakesNoMore(Trial trial)
    {
        await trial.RunWholeAsync(Examples.Job);
        await ForgetAsync(trial, Examples.Job);
        var error = await trial.TryAppendAsync(Examples.Job, 4, Examples.Reopened());
        Demand.Conflict(error, Examples.Job, 4, 0);
        await Demand.NothingAsync(trial, Examples.Job);
    }

    private static async Task IsNotForgotten(Trial trial)
    {
        var job = Examples.Job;
        await trial.AppendAsync(job, 0, Examples.Submitted(job));
        await RefusesAsync(trial, "a job that was just submitted");
        await trial.AppendAsync(job, 1, Examples.Ended());
        await trial.AppendAsync(job, 2, Examples.Reopened());
        await RefusesAsync(trial, "a job that was reopened");
        await Demand.EventsAsync(trial, job, Examples.Submitted(job), Examples.Ended(), Examples.Reopened());
        await trial.AppendAsync(job, 3, Examples.Ended());
        await ForgetAsync(trial, job);
    }

    private static Task RefusesAsync(Trial trial, string what) => Demand.ThrowsAsync<JournalException>(
        $"forgetting {what}", async () => await trial.Journal.ForgetAsync(Examples.Job, trial.Cancellation));

    private static async Task IsForgottenOnce(Trial trial)
    {
        await trial.RunWholeAsync(Examples.Job);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => trial.ForgetAsync(Examples.Job))));
        Demand.Same("how many are told that it was there", 1, answers.Count(wasThere => wasThere));
        await Demand.NothingAsync(trial, Examples.Job);
    }

    private static async Task ForgetAsync(Trial trial, JobId job) =>
        Demand.Same($"what forgetting job '{job}', which has ended, says", true, await trial.ForgetAsync(job));
}
