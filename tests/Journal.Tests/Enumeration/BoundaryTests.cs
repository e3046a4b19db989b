namespace ActorFlow.Journal.Tests.Enumeration;

/// <summary>
/// Every write boundary of every short scenario, with every outcome for what was not synced. What was covered is
/// counted, so that it cannot become less unnoticed.
/// </summary>
public sealed class BoundaryTests
{
    [Theory]
    [InlineData("one job", 13, 1_284, 586, 3_854)]
    [InlineData("two jobs at once", 21, 3_108, 1_250, 6_946)]
    [InlineData("retry after the end", 17, 2_284, 963, 5_504)]
    [InlineData("a file for each append", 30, 3_067, 947, 8_882)]
    [InlineData("a file for two appends", 28, 3_581, 1_527, 9_948)]
    [InlineData("appends in one write", 15, 2_208, 843, 4_542)]
    [InlineData("forget and compact", 58, 6_758, 2_841, 33_155)]
    [InlineData("relaxed", 14, 3_167, 1_995, 11_203)]
    [InlineData("relaxed, a file for each append", 47, 4_085, 1_224, 17_314)]
    [InlineData("everything", 144, 25_574, 10_999, 94_038)]
    public async Task What_was_acknowledged_survives_a_crash_at_every_change_and_at_every_change_of_the_next_opening(
        string scenario, int changes, int outcomes, int contents, int reopenings) =>
        Assert.Equal(
            new Coverage(changes, outcomes, contents, reopenings),
            await Boundaries.CrossAllAsync(Scenario.Named(scenario)));
}
