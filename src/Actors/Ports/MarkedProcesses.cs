using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace ActorFlow.Actors;

/// <summary>
/// Processes that carry a mark in their environment, as all of their children do. For systems with a <c>/proc</c> that
/// shows it; elsewhere none are found.
/// </summary>
internal static partial class MarkedProcesses
{
    private const string MarkVariable = "ACTORFLOW_RUN";
    private const string StarterVariable = "ACTORFLOW_STARTER";

    private static readonly string Own =
        $"{Environment.ProcessId} {ProcessStat.Of(ProcFiles.Of("self", "stat"))?.StartedAt}";

    private const int Kill = 9;

    // One that was being made while the others were found has the mark too; a killed one is gone a moment later.
    private const int MaxLooks = 200;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);

    /// <summary>Marks what is to be started.</summary>
    public static void Mark(ProcessStartInfo start, string mark) =>
        (start.Environment[MarkVariable], start.Environment[StarterVariable]) = (mark, Own);

    /// <summary>The marks of all processes that have one, but for those whose engine is at work.</summary>
    public static IReadOnlySet<string> Marks() =>
        All().Select(found => found.Mark).ToHashSet(StringComparer.Ordinal);

    /// <summary>Kills those with one of the marks, and waits a second for them to be gone.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> EndAsync(IReadOnlySet<string> marks)
    {
        var killed = new HashSet<int>();
        for (var look = 0; look < MaxLooks; look++)
        {
            var found = All().Where(process => marks.Contains(process.Mark)).ToList();
            if (found.Count == 0) break;
            foreach (var (process, _) in found)
                if (killed.Add(process)) _ = kill(process, Kill);
            await Task.Delay(Moment).ConfigureAwait(false);
        }

        return killed.Count;
    }

    private static IEnumerable<(int Process, string Mark)> All()
    {
        foreach (var (process, variables) in ProcFiles.All("environ"))
            if (process != Environment.ProcessId && ValueOf(MarkVariable, variables) is { } mark
                && !IsOfAnother(ValueOf(StarterVariable, variables)))
                yield return (process, mark);
    }

    // Of an engine that works on a copy of the journal, or on what this one works on a copy of.
    private static bool IsOfAnother(string? starter) =>
        starter is not null && starter != Own && starter.Split(' ') is [var number, var startedAt]
        && ProcessStat.Of(ProcFiles.Of(number, "stat")) is { IsAlive: true } other && other.StartedAt == startedAt;

    private static string? ValueOf(string variable, byte[] variables)
    {
        var prefix = Encoding.UTF8.GetBytes(variable + "=");
        foreach (var range in variables.AsSpan().Split((byte)0))
            if (variables.AsSpan(range).StartsWith(prefix))
                return Encoding.UTF8.GetString(variables.AsSpan(range)[prefix.Length..]);
        return null;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
