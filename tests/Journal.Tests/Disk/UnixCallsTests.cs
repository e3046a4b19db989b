namespace ActorFlow.Journal.Tests.Disk;

/// <summary>Calls to the system.</summary>
public sealed class UnixCallsTests
{
    private const int Interrupted = 4;
    private const int InputOutput = 5;

    [Fact]
    public void A_call_that_a_signal_interrupts_is_made_again()
    {
        var answers = new Queue<int>([Interrupted, Interrupted, 0]);
        Assert.Equal(0, UnixCalls.Uninterrupted(answers.Dequeue));
        Assert.Empty(answers);
    }

    [Fact]
    public void A_call_that_fails_is_not_made_again()
    {
        // The second sync after one that failed would say that all is well.
        var answers = new Queue<int>([Interrupted, InputOutput, 0]);
        Assert.Equal(InputOutput, UnixCalls.Uninterrupted(answers.Dequeue));
        Assert.Single(answers);
    }
}
