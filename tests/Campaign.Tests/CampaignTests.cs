namespace ActorFlow.Campaign;

/// <summary>Short campaigns of each kind, and one that has to fail.</summary>
public sealed class CampaignTests
{
    private const int Kills = 15;

    [Fact]
    public Task A_command_line_that_is_killed_again_and_again_loses_and_doubles_nothing() =>
        KeepsEverything(new CampaignOptions { Cycles = Kills, CommandLine = true });

    [Fact]
    public Task A_host_that_is_killed_again_and_again_loses_and_doubles_nothing() =>
        KeepsEverything(new CampaignOptions { Cycles = Kills });

    [Fact]
    public Task A_host_whose_power_fails_again_and_again_loses_and_doubles_nothing() =>
        KeepsEverything(new CampaignOptions { Cycles = Kills, Power = true });

    [Fact]
    public Task A_killed_process_costs_nothing_even_if_appends_are_not_synced() =>
        KeepsEverything(new CampaignOptions { Cycles = Kills / 3, Hasty = true });

    [Fact]
    public async Task A_host_that_tells_of_appends_before_they_are_durable_is_caught_when_its_power_fails()
    {
        var campaign = new CrashCampaign(
            new CampaignOptions { Cycles = 200, Power = true, Hasty = true }, static _ => { });

        var failure = await Assert.ThrowsAsync<CampaignException>(campaign.RunAsync);

        Assert.Contains("is not in the journal", failure.Message, StringComparison.Ordinal);
        Assert.Contains("life 1: killed", failure.Message, StringComparison.Ordinal);
    }

    private static async Task KeepsEverything(CampaignOptions options)
    {
        var campaign = new CrashCampaign(options, static _ => { });

        await campaign.RunAsync();

        Assert.Equal(options.Cycles, campaign.Tally.Kills);
        Assert.True(campaign.Tally.Acknowledged > 0, "Nothing was acknowledged, so nothing was checked.");
    }
}
