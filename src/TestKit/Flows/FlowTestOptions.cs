using System.Text.Json;
using ActorFlow.Actors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorFlow.TestKit;

/// <summary>How a <see cref="FlowTest"/> is run.</summary>
public sealed record FlowTestOptions
{
    /// <summary>The job's id. The default is <c>test</c>.</summary>
    public JobId Job { get; init; } = new("test");

    /// <summary>When the test begins, by the virtual clock. The default is the beginning of 2030, UTC.</summary>
    public DateTimeOffset StartsAt { get; init; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How many attempts may run at once in each pool that the flow names. The default is 4.</summary>
    public int PoolSize { get; init; } = 4;

    /// <summary>
    /// How values are written as JSON: what the engine has as <c>ActorFlowOptions.Json</c>. The default is that of the
    /// engine.
    /// </summary>
    public JsonSerializerOptions? Json { get; init; }

    internal JsonPayloadCodec Codec => new(Json);

    /// <summary>What attempts get as <see cref="TaskContext.Services"/>. The default is nothing.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>
    /// What there is for tasks beyond their job: caches, datasets, directories of runs. It outlives crashes; give the
    /// same to several tests that build on each other. Null, the default, is stores in memory for this test alone.
    /// </summary>
    public TaskStores? Stores { get; init; }

    /// <summary>Runs the programs of tasks. The default, null, runs real ones, which take real time.</summary>
    public IProcesses? Processes { get; init; }

    /// <summary>Where logs go. The default is nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>
    /// How long, by the virtual clock, a test may take: a flow that waits for ever fails the test. The default is ten
    /// years.
    /// </summary>
    public TimeSpan VirtualTimeLimit { get; init; } = TimeSpan.FromDays(3650);

    /// <summary>
    /// How long, by the real clock, an attempt may wait for something outside of the test, such as a file or a server.
    /// The default is 10 seconds.
    /// </summary>
    public TimeSpan OutsideLimit { get; init; } = TimeSpan.FromSeconds(10);
}
