using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>What a rule expects; what is otherwise breaks it.</summary>
internal static class Demand
{
    public static void That(bool isSo, string expected, string actual)
    {
        if (!isSo) throw new RuleBrokenException(expected, actual);
    }

    public static void Same<T>(string what, T expected, T actual) =>
        That(EqualityComparer<T>.Default.Equals(expected, actual), $"{what} to be {expected}.", $"{actual}");

    /// <summary>Requires texts to be the same, one by one; names the first that is not.</summary>
    public static void Lines(string what, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (wanted, found) = (expected.ToList(), actual.ToList());
        for (var i = 0; i < Math.Min(wanted.Count, found.Count); i++)
        {
            if (string.Equals(wanted[i], found[i], StringComparison.Ordinal)) continue;
            var (first, second) = JournalText.Shown(wanted[i], found[i]);
            var place = wanted.Count > 1 || found.Count > 1 ? $": number {i + 1}" : "";
            throw new RuleBrokenException($"{what}{place} to be {first}", second);
        }

        if (wanted.Count == found.Count) return;
        var rest = found.Count < wanted.Count
            ? $"missing is {Shortened(wanted[found.Count])}"
            : $"too much is {Shortened(found[wanted.Count])}";
        throw new RuleBrokenException($"{what}: {wanted.Count} in all.", $"{found.Count}; {rest}");
    }

    /// <summary>Requires the events of a job, from its first on, to be these.</summary>
    public static async Task EventsAsync(Trial trial, JobId job, params JobEvent[] expected) =>
        Events($"the events of job '{job}'", expected, await trial.ReadAsync(job));

    public static void Events(string what, IEnumerable<JobEvent> expected, IEnumerable<JobEvent> actual) =>
        Lines(what, expected.Select(JournalText.Of), actual.Select(JournalText.Of));

    /// <summary>Requires the jobs that are listed to be these, in this order.</summary>
    public static async Task JobsAsync(Trial trial, params JobId[] expected) => Lines(
        "the jobs that are listed", expected.Select(id => id.Value),
        (await trial.ListAsync()).Select(line => line.Id.Value));

    /// <summary>Requires the line about a job to be this one, found or listed.</summary>
    public static async Task LineAsync(Trial trial, JournaledJob expected)
    {
        var found = await trial.FindAsync(expected.Id);
        Lines($"the line about job '{expected.Id}'", [JournalText.Of(expected)], [JournalText.Of(found)]);
        var listed = await trial.ListAsync();
        Lines(
            $"the line about job '{expected.Id}' in the list", [JournalText.Of(expected)],
            listed.Where(line => line.Id == expected.Id).Select(JournalText.Of));
    }

    /// <summary>Requires that a job has so many events.</summary>
    public static async Task VersionAsync(Trial trial, JobId job, long expected)
    {
        var line = await trial.FindAsync(job);
        Same($"the version of job '{job}' (0 if there is none)", expected, line?.Version ?? 0);
    }

    /// <summary>Requires that a job is nowhere.</summary>
    public static async Task NothingAsync(Trial trial, JobId job)
    {
        Events($"the events of job '{job}', which is not there", [], await trial.ReadAsync(job));
        Same<JournaledJob?>($"job '{job}', which is not there,", null, await trial.FindAsync(job));
        var listed = await trial.ListAsync();
        That(listed.All(line => line.Id != job), $"job '{job}', which is not there, not to be listed.", "it is.");
    }

    /// <summary>Requires an error to be a conflict.</summary>
    public static void Conflict(Exception? error, JobId job, long expected, long actual) => Lines(
        $"what the append to job '{job}' at version {expected} is told", [Conflict(job, expected, actual)],
        [error is JournalConflictException e ? Conflict(e.Job, e.Expected, e.Actual) : JournalText.Of(error)]);

    /// <summary>Requires an exception.</summary>
    public static async Task ThrowsAsync<TException>(string what, Func<Task> action) where TException : Exception
    {
        var expected = $"{what} to throw {typeof(TException).Name}.";
        try
        {
            await action();
        }
        catch (TException)
        {
            return;
        }
        catch (Exception e)
        {
            throw new RuleBrokenException(expected, JournalText.Of(e), e);
        }

        throw new RuleBrokenException(expected, "no exception.");
    }

    private static string Conflict(JobId job, long expected, long actual) =>
        $"{nameof(JournalConflictException)} of job '{job}', expected {expected}, actual {actual}";

    private static string Shortened(string text) => JournalText.Shown(text, "").First;
}
