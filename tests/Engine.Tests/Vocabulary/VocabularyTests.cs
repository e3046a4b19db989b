namespace ActorFlow.Engine.Tests.Vocabulary;

/// <summary>The small rules of names, failures and payloads.</summary>
public sealed class VocabularyTests
{
    [Theory]
    [InlineData("", "A job id must not be empty. (Parameter 'value')")]
    [InlineData("a b", "A job id has no white space; 'a b' has some. (Parameter 'value')")]
    [InlineData("a\nb", "A job id has no control characters; 'a?b' has U+000A. (Parameter 'value')")]
    public void A_job_id_keeps_to_the_rules_of_names(string id, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new JobId(id)).Message);

    [Fact]
    public void Job_ids_are_compared_with_regard_to_case()
    {
        Assert.NotEqual(new JobId("job"), new JobId("Job"));
        Assert.Equal("job", new JobId("job").ToString());
        Assert.Equal("", default(JobId).Value);
    }

    [Theory]
    [InlineData("System.TimeoutException", true)]
    [InlineData("TimeoutException", true)]
    [InlineData("Exception", true)]
    [InlineData("outException", false)]
    [InlineData("timeoutexception", false)]
    [InlineData("My.System.TimeoutException", false)]
    public void A_failure_is_known_by_its_full_name_its_last_part_and_its_base_types(string name, bool expected)
    {
        var failure = new Failure("System.TimeoutException", "Too long.") { BroaderTypes = ["System.Exception"] };
        Assert.Equal(expected, failure.Is(name));
    }

    [Fact]
    public void A_failure_of_a_program_is_known_by_its_exit_code()
    {
        Assert.True(new Failure("exit 75", "").Is("exit 75"));
        Assert.False(new Failure("exit 75", "").Is("75"));
        Assert.True(new Failure("Outer+Inner", "").Is("Inner"));
    }

    [Fact]
    public void The_numbers_that_are_stored_never_change()
    {
        Assert.Equal(
            "Waiting=0 Ready=1 Running=2 Stopping=3 BackingOff=4 Held=5 Succeeded=6 Failed=7 Skipped=8 Cancelled=9 "
            + "Expanded=10",
            NumbersOf<TaskPhase>());
        Assert.Equal(
            "Running=0 Paused=1 Stopping=2 Succeeded=3 Failed=4 Cancelled=5 TimedOut=6", NumbersOf<JobPhase>());
        Assert.Equal(
            "None=0 NeedsUnmet=1 NoSlot=2 AttemptThrew=3 AttemptTimeout=4 HeartbeatTimeout=5 AttemptLost=6 "
            + "StartTimeout=7 TaskTimeout=8 NotRetryable=9 AttemptsExhausted=10 "
            + "RetryBudgetExhausted=11 LostLimitReached=12 "
            + "Supervised=13 UpstreamNotSucceeded=14 NothingFailed=15 JobCancelled=16 JobTimeout=17 FailedFast=18 "
            + "RetryRequested=19 "
            + "Operator=20 Abandoned=21 PartsFailed=22 ConditionFalse=23 OwnerEnded=24 NoTurn=25", NumbersOf<Reason>());
        Assert.Equal("Info=0 Warning=1 Error=2", NumbersOf<Severity>());
    }

    private static string NumbersOf<T>() where T : struct, Enum =>
        string.Join(' ', Enum.GetValues<T>().Select(v => $"{v}={Convert.ToInt32(v)}"));

    [Fact]
    public void A_payload_is_either_encoded_or_live()
    {
        var (encoded, live) = (Payload.FromJson("{\"a\":1}"), Payload.Live(7));
        Assert.True(encoded.IsEncoded);
        Assert.Null(encoded.Value);
        Assert.Equal("{\"a\":1}", encoded.ToString());
        Assert.False(live.IsEncoded);
        Assert.True(live.Json.IsEmpty);
        Assert.Equal("7", live.ToString());
        Assert.Equal("null", Payload.None.ToString());
    }
}
