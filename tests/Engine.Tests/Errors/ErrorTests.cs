namespace ActorFlow.Engine.Tests.Errors;

/// <summary>What exceptions say of the job that they are about.</summary>
public sealed class ErrorTests
{
    private static readonly JobId Job = new("job-1");

    [Fact]
    public void A_conflict_names_the_job_what_differs_and_what_would_be_right()
    {
        var error = new JobConflictException(Job, "another input");
        Assert.Equal(
            "Job 'job-1' is there already, with another input. Choose another id, or submit the same.", error.Message);
        Assert.Equal((Job, "another input"), (error.Job, error.Difference));
    }

    [Fact]
    public void A_job_that_is_not_there_is_named()
    {
        var error = new JobNotFoundException(Job);
        Assert.Equal(("There is no job 'job-1'.", Job), (error.Message, error.Job));
    }

    [Fact]
    public void A_job_whose_flow_changed_is_named_with_what_changed()
    {
        var error = new FlowChangedException(Job, "task 'a' is new");
        Assert.Equal("Job 'job-1' cannot go on, because its flow changed: task 'a' is new.", error.Message);
        Assert.Equal((Job, "task 'a' is new"), (error.Job, error.Difference));
    }
}
