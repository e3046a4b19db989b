using ActorFlow.Journal;

namespace ActorFlow.TestKit;

/// <summary>A job is known by its id, character by character.</summary>
internal static class RulesOfNames
{
    private const int LongestName = 200;

    public static readonly JournalRule[] All =
    [
        new("Ids that differ in anything are different jobs", AreDifferentJobs),
        new("Names may have any characters, and 200 of them", MayHaveAnyCharacters),
    ];

    private static Task AreDifferentJobs(Trial trial) => RequireOwnAsync(
        trial, "a", "A", "a1", "a/1", "a.", "a%", "a_", "\u00E9", "e\u0301", "e", "ss", "ß", "ı", "i", "I", "ﬁ", "fi",
        "a\u200B", "1", "01", "１");

    private static Task MayHaveAnyCharacters(Trial trial) => RequireOwnAsync(
        trial, "..", "/", "\\", "'", "\"", "';--", "*", "?", ":", "|", "con", "nul", "~", "$HOME", "%PATH%", "{0}",
        "null", "漢字", "𝄞", "👩\u200D👩\u200D👧", "\uFEFF", "\u202E", "\uFFFD",
        new('x', LongestName), new('漢', LongestName));

    private static async Task RequireOwnAsync(Trial trial, params string[] names)
    {
        JobId[] ids = [.. names.Select(name => new JobId(name))];
        for (var i = 0; i < ids.Length; i++) await trial.AppendAsync(ids[i], 0, SubmittedAs(ids[i], i));
        for (var i = ids.Length - 1; i >= 0; i--) await trial.AppendAsync(ids[i], 1, Examples.Started(200, i));
        await RequireAsync();
        if (!trial.Subject.IsDurable) return;
        await trial.ReopenAsync();
        await RequireAsync();

        async Task RequireAsync()
        {
            await Demand.JobsAsync(trial, ids);
            for (var i = 0; i < ids.Length; i++)
            {
                await Demand.EventsAsync(trial, ids[i], SubmittedAs(ids[i], i), Examples.Started(200, i));
                await Demand.LineAsync(
                    trial, new JournaledJob(ids[i], ids[i].Value, Examples.At(i), 2, null, null, null));
            }
        }
    }

    private static JobEvent.JobSubmitted SubmittedAs(JobId id, int second) => new(
        Examples.At(second), new SubmittedJob(id, FlowName: id.Value, id.Value, [id.Value], Payload.None));
}
