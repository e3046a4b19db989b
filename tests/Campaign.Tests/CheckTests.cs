namespace ActorFlow.Campaign;

/// <summary>Each check notices what it is for, in a journal and a ledger that were tampered with.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actorflow-check-").FullName;
    private readonly LibraryProcess _host;
    private readonly RoundCheck _check;

    public CheckTests()
    {
        _host = new LibraryProcess(_directory, 1, new CampaignOptions { Cycles = 0 });
        _check = new RoundCheck(_host);
    }

    [Fact]
    public async Task A_round_without_kills_keeps_every_promise()
    {
        _check.After(await LiveAsync());

        _check.AtEnd();
    }

    [Fact]
    public async Task An_event_that_was_told_and_is_another_now_is_noticed()
    {
        var life = await LiveAsync();

        Assert.Contains("is not in the journal", Broken(() =>
            _check.After(life with { Said = [.. life.Said, "told job0 1 started t0 7"] })), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_that_ran_twice_is_noticed()
    {
        var life = await LiveAsync();
        File.AppendAllLines(_host.Ledger, [File.ReadLines(_host.Ledger).First()]);

        Assert.Contains("2 lines", Broken(() => _check.After(life)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_that_nobody_recorded_is_noticed()
    {
        var life = await LiveAsync();
        File.AppendAllLines(_host.Ledger, ["begin job0 t0 99"]);
        _check.After(life);

        Assert.Contains("without being recorded", Broken(_check.AtEnd), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_runs_in_a_later_life_than_its_success_is_noticed()
    {
        var life = await LiveAsync();
        _check.After(life);
        var succeeded = File.ReadLines(_host.Ledger).First(line => line.StartsWith("end", StringComparison.Ordinal));
        File.AppendAllLines(_host.Ledger, [$"begin{succeeded["end".Length..^1]}9"]);

        Assert.Contains("before it was recorded", Broken(() => _check.After(life)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_success_whose_work_was_not_done_is_noticed()
    {
        var life = await LiveAsync();
        var lines = File.ReadAllLines(_host.Ledger);
        File.WriteAllLines(
            _host.Ledger, lines.Except([lines.First(line => line.StartsWith("end", StringComparison.Ordinal))]));
        _check.After(life);

        Assert.Contains("without coming to their end", Broken(_check.AtEnd), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_of_the_journal_is_noticed()
    {
        var life = await LiveAsync();
        var segment = Directory.GetFiles(_host.Journal).Order(StringComparer.Ordinal)
            .First(path => new FileInfo(path).Length > 200);
        var bytes = File.ReadAllBytes(segment);
        bytes[150] ^= 1;
        File.WriteAllBytes(segment, bytes);

        Assert.Contains("The journal is damaged", Broken(() => _check.After(life)), StringComparison.Ordinal);
    }

    private Task<Life> LiveAsync() => Life.LiveAsync(_host, moment: null, number: 1);

    private static string Broken(Action check) => Assert.Throws<CampaignException>(check).Message;

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
