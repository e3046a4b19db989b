using System.Security.Cryptography;
using System.Text;
using ActorFlow.TestKit;

namespace ActorFlow.Journal.Tests.Enumeration;

/// <summary>How much was enumerated: asserted, so that it cannot become less unnoticed.</summary>
/// <param name="Changes">How many changes of the disk a scenario makes: the power goes at each.</param>
/// <param name="Outcomes">How many ways there are in all to lose what was not synced.</param>
/// <param name="Contents">How many different contents of the disk these lead to.</param>
/// <param name="Syncs">How many syncs a scenario makes: each fails, and the process dies of it.</param>
/// <param name="Reopenings">How often the power went again, at a change of the next opening.</param>
internal sealed record Coverage(int Changes, int Outcomes, int Contents, int Syncs, int Reopenings);

/// <summary>
/// The power goes at every change that a scenario makes on the disk, with every outcome for what was not synced; and
/// then again at every change of the next opening. So it does after every sync that fails.
/// </summary>
internal sealed class Boundaries(Scenario scenario)
{
    private static readonly JobId Second = new("second");
    private static readonly JobId Third = new("third");

    // What a disk holds decides over all that can be found there: the same content is opened once.
    private readonly Dictionary<string, string> _opened = new(StringComparer.Ordinal);
    private readonly HashSet<string> _crashedAgain = new(StringComparer.Ordinal);
    private int _outcomes;
    private int _reopenings;

    public static async Task<Coverage> CrossAllAsync(Scenario scenario)
    {
        var all = new Boundaries(scenario);
        var at = 1;
        while (await all.CrossAsync(at)) at++;
        var sync = 1;
        while (await all.FailSyncAsync(sync)) sync++;
        return new Coverage(at - 1, all._outcomes, all._opened.Count, sync - 1, all._reopenings);
    }

    /// <summary>The power goes at a change.</summary>
    /// <returns>False if the scenario was over before.</returns>
    private async Task<bool> CrossAsync(int at)
    {
        var (disk, acknowledged) = await DieAsync(faults => faults.StopAtChange(at));
        foreach (var content in disk.CrashOutcomes(EveryByte))
        {
            _outcomes++;
            Require(acknowledged, await OpenAsync(content), $"crash at {at}");
        }

        foreach (var content in disk.CrashOutcomes(SomeBytes))
            if (_crashedAgain.Add(Digest(content)))
                await CrashAgainAsync(content, $"crash at {at}");
        if (!disk.Faults.IsDown) return false;
        await KillAsync(faults => faults.StopAtChange(at), $"killed at {at}");
        return true;
    }

    /// <summary>A sync fails: nothing may rely on what it was to bring to the disk, though all can be read.</summary>
    /// <returns>False if the scenario was over before.</returns>
    private async Task<bool> FailSyncAsync(int nth)
    {
        var (disk, _) = await DieAsync(faults => faults.Fail(nth, DiskCall.Sync));
        if (disk.Faults.Count(DiskCall.Sync) < nth) return false;
        await KillAsync(faults => faults.Fail(nth, DiskCall.Sync), $"sync {nth} failed");
        return true;
    }

    /// <summary>The next opening mends, and takes a job: at each of its changes the power goes again.</summary>
    private async Task CrashAgainAsync(Dictionary<string, byte[]> content, string story)
    {
        var found = await OpenAsync(content);
        for (var at = 1; ; at++)
        {
            var disk = SimulatedDisk.With(content);
            disk.Faults.StopAtChange(at);
            var life = await SecondLife.LiveAsync(scenario.On(disk), Second);
            if (!disk.Faults.IsDown) return;
            await SurviveAsync(disk, life, found, null, $"{story}, and at {at} of the opening");
        }
    }

    /// <summary>
    /// The process dies and the machine goes on: the next process finds all, and the power goes at each of its changes.
    /// </summary>
    private async Task KillAsync(Action<DiskFaults> fault, string how)
    {
        for (var second = 1; ; second++)
        {
            var (disk, acknowledged) = await DieAsync(fault);
            disk.Kill();
            disk.Faults.StopAtChange(second);
            var life = await SecondLife.LiveAsync(scenario.On(disk), Second);
            var story = $"{how}, crash at {second} of the opening";
            if (life.Found is { } found)
                scenario.History.RequireBetween(acknowledged, Next(acknowledged), found, story);
            if (!disk.Faults.IsDown) return;
            await SurviveAsync(disk, life, life.Found, acknowledged, story);
        }
    }

    private async Task SurviveAsync(SimulatedDisk disk, SecondLife life, string? found, int? acknowledged, string story)
    {
        foreach (var content in disk.CrashOutcomes(SomeBytes))
        {
            _reopenings++;
            var state = await OpenAsync(content);
            if (found is null) Require(acknowledged!.Value, state, story);
            else RequireFound(found, life, state, story);
        }
    }

    /// <summary>All that was found at the opening is there, and the job that came then if it was told.</summary>
    private void RequireFound(string found, SecondLife life, string state, string story)
    {
        var mayLack = !life.IsAcknowledged || scenario.Synced is not null;
        var isThere = string.Equals(state, found, StringComparison.Ordinal)
            ? mayLack
            : life.Found is not null && string.Equals(state, SecondLife.With(found, Second), StringComparison.Ordinal);
        Assert.True(isThere, $"{story}: found was\n{found}\nand now there is\n{state}");
    }

    private void Require(int acknowledged, string state, string story) =>
        scenario.History.RequireBetween(scenario.Kept(acknowledged), Next(acknowledged), state, story);

    private int Next(int acknowledged) => Math.Min(acknowledged + 1, scenario.History.Count);

    private async Task<(SimulatedDisk Disk, int Acknowledged)> DieAsync(Action<DiskFaults> fault)
    {
        var disk = new SimulatedDisk();
        fault(disk.Faults);
        return (disk, await scenario.LiveAsync(disk));
    }

    /// <summary>What is found on a disk; and a job that is appended then is found once more.</summary>
    private async Task<string> OpenAsync(Dictionary<string, byte[]> content)
    {
        var digest = Digest(content);
        if (_opened.TryGetValue(digest, out var known)) return known;
        var disk = SimulatedDisk.With(content);
        var life = await SecondLife.LiveAsync(scenario.On(disk), Third);
        Assert.True(life.IsAcknowledged);
        disk.Crash(new Random(0), CrashMood.LosesAll);
        await using var again = FileJournal.Open(scenario.On(disk));
        Assert.Equal(SecondLife.With(life.Found!, Third), History.StateOf(again));
        return _opened[digest] = life.Found!;
    }

    private static string Digest(Dictionary<string, byte[]> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, bytes) in content.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path} {bytes.Length} "));
            hash.AppendData(bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static IEnumerable<int> EveryByte(int length) => Enumerable.Range(1, length - 1);

    private static IEnumerable<int> SomeBytes(int length) => new[] { 1, length / 2, length - 1 }.Distinct();
}
