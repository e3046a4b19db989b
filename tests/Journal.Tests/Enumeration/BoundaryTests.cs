namespace ActorFlow.Journal.Tests.Enumeration;

/// <summary>
/// Every write boundary of every short scenario, with every outcome for what was not synced. What was covered is
/// counted, so that it cannot become less unnoticed.
/// </summary>
public sealed class BoundaryTests
{
    [Theory]
    [InlineData("one job", 13, 1_284, 586, 4, 4_314)]
    [InlineData("two jobs at once", 21, 3_108, 1_250, 8, 7_922)]
    [InlineData("retry after the end", 17, 2_284, 963, 6, 6_222)]
    [InlineData("a file for each append", 30, 3_067, 947, 12, 10_206)]
    [InlineData("a file for two appends", 28, 3_581, 1_569, 10, 11_262)]
    [InlineData("appends in one write", 15, 2_208, 843, 5, 5_131)]
    [InlineData("forget and compact", 58, 6_758, 2_883, 17, 36_263)]
    [InlineData("relaxed", 14, 3_167, 1_995, 3, 11_778)]
    [InlineData("relaxed, a file for each append", 47, 4_085, 1_224, 13, 19_300)]
    [InlineData("everything", 144, 25_574, 11_130, 46, 103_749)]
    public async Task What_was_acknowledged_survives_a_crash_at_every_change_and_at_every_change_of_the_next_opening(
        string scenario, int changes, int outcomes, int contents, int syncs, int reopenings) =>
        Assert.Equal(
            new Coverage(changes, outcomes, contents, syncs, reopenings),
            await Boundaries.CrossAllAsync(Scenario.Named(scenario)));
}
