namespace ActorFlow.Journal.Tests.Enumeration;

/// <summary>
/// Every write boundary of every short scenario, with every outcome for what was not synced. What was covered is
/// counted, so that it cannot become less unnoticed.
/// </summary>
public sealed class BoundaryTests
{
    [Theory]
    [InlineData("one job", 13, 1_567, 586, 4, 4_830)]
    [InlineData("two jobs at once", 21, 3_391, 1_250, 8, 8_812)]
    [InlineData("retry after the end", 17, 2_567, 963, 6, 6_936)]
    [InlineData("a file for each append", 30, 3_067, 947, 12, 10_206)]
    [InlineData("a file for two appends", 28, 4_083, 1_569, 10, 12_459)]
    [InlineData("appends in one write", 15, 2_475, 843, 5, 5_735)]
    [InlineData("forget and compact", 58, 7_375, 2_883, 17, 39_075)]
    [InlineData("relaxed", 14, 3_450, 1_872, 3, 12_081)]
    [InlineData("relaxed, a file for each append", 47, 4_085, 1_224, 13, 19_300)]
    [InlineData("everything", 144, 26_653, 11_130, 46, 110_222)]
    public async Task What_was_acknowledged_survives_a_crash_at_every_change_and_at_every_change_of_the_next_opening(
        string scenario, int changes, int outcomes, int contents, int syncs, int reopenings) =>
        Assert.Equal(
            new Coverage(changes, outcomes, contents, syncs, reopenings),
            await Boundaries.CrossAllAsync(Scenario.Named(scenario)));
}
