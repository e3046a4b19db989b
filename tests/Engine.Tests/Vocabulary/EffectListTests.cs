namespace ActorFlow.Engine.Tests.Vocabulary;

/// <summary>A list of effects says what was added, whether it keeps an object of it or not.</summary>
public class EffectListTests
{
    private static readonly JobEffect Cancel = new JobEffect.CancelAttempt(3, 1, Reason.JobCancelled);

    [Fact]
    public void What_is_added_comes_back_in_order()
    {
        List<JobEffect> effects =
            [new JobEffect.StartAttempt(1, 1), Cancel, new JobEffect.StartAttempt(2, 7), Cancel, Cancel, Cancel];
        var list = new EffectList();
        list.AddRange(effects);
        Assert.Equal(effects, list);
    }

    [Fact]
    public void Only_the_start_of_an_attempt_is_read_as_one()
    {
        var list = new EffectList();
        list.Add(new JobEffect.StartAttempt(5, 2));
        list.Add(Cancel);
        Assert.True(list.TryReadStart(0, out var task, out var attempt));
        Assert.Equal((5, 2), (task, attempt));
        Assert.False(list.TryReadStart(1, out _, out _));
    }

    [Fact]
    public void What_is_removed_is_given_back()
    {
        var list = new EffectList();
        list.AddRange([new JobEffect.StartAttempt(1, 1), Cancel, new JobEffect.StartAttempt(2, 1)]);
        Assert.Equal([Cancel, new JobEffect.StartAttempt(2, 1)], list.RemoveFrom(1));
        Assert.Equal([new JobEffect.StartAttempt(1, 1)], list);
        list.Clear();
        Assert.Empty(list);
    }

    [Fact]
    public void There_is_nothing_behind_the_end()
    {
        var list = new EffectList();
        Assert.Throws<ArgumentOutOfRangeException>(() => list[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list.TryReadStart(0, out _, out _));
    }
}
