using System.Diagnostics;
using ActorFlow.Actors;
using ActorFlow.Journal;

namespace ActorFlow.Bench.Runs;

/// <summary>Runs a flow as a job, with everything on: actors, events, outputs, report.</summary>
internal static class EngineRun
{
    /// <summary>Runs on a journal in memory.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="workers">How many attempts run at once; by default as many as there are processors.</param>
    /// <param name="jobs">How many jobs of it run, one after another.</param>
    /// <returns>From the submit to the end.</returns>
    public static TimeSpan InMemory(ExecutableFlow flow, int? workers = null, int jobs = 1) =>
        Run(Start(new MemoryJournal(), new LivePayloadCodec(), workers), flow, jobs);

    /// <summary>Runs on an embedded journal.</summary>
    public static TimeSpan Durable(ExecutableFlow flow, FileJournalOptions journal) =>
        Run(Start(FileJournal.Open(journal), new JsonPayloadCodec(), workers: null), flow, jobs: 1);

    /// <summary>An engine on a journal.</summary>
    public static JobSystem Start(IJournal journal, IPayloadCodec payloads, int? workers) => new(new JobSystemOptions
    {
        Journal = journal,
        Threads = new RealThreads(),
        Payloads = payloads,
        Scratch = new ScratchSpace(Path.Combine(Path.GetTempPath(), "actorflow-bench")),
        Pools = new Dictionary<string, int>
        {
            [TaskPolicy.ComputePool] = workers ?? Environment.ProcessorCount,
        },
    });

    private static TimeSpan Run(JobSystem system, ExecutableFlow flow, int jobs)
    {
        try
        {
            var started = Stopwatch.GetTimestamp();
            for (var number = 0; number < jobs; number++)
            {
                var submission = new JobSubmission(new JobId($"job{number}"), flow, Payload.None);
                var outcome = system.SubmitAsync(submission, default).Result.WhenEnded.Result;
                if (outcome != JobPhase.Succeeded) throw new InvalidOperationException($"A job {outcome}.");
            }

            return Stopwatch.GetElapsedTime(started);
        }
        finally
        {
            system.DisposeAsync().AsTask().Wait();
        }
    }
}
