using ActorFlow.Actors;
using ActorFlow.Cli;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Flows as they are kept with jobs of the command line, to be resumed without their files.</summary>
internal sealed class PackageTarget : FuzzTarget
{
    public override string Name => "package";

    public override int Inputs => 2_000;

    public override IReadOnlyList<string> Tokens =>
    [
        "\"content\":", "\"name\":", "\"directory\":", "\"timeScale\":", "\"failFast\":", "\"assemblies\":", "null",
        "true", "\"assembly\":", "\"flow\":", "\"settings\":", "\"uses\":", "{\"a\":\"b\"}", "\"x.dll\"",
        "{}", "[]", "[\"a\"]", "[null]", "\"\"", ",", "\"\\ud800\"", "\"H4sIAAAAAAAAAwMAAAAAAAAAAAA=\"",
    ];

    public override long AllocationBound(int length) => (4_000L * length) + 4_000_000;

    public override void Read(byte[] input)
    {
        var job = new SubmittedJob(new JobId("j"), "flow", "f", ["a"], Payload.None)
        {
            FlowSource = Payload.FromJson(input),
        };
        JobPackage.FromJob(job).Executable(new TaskLogFiles("logs"));
    }
}
