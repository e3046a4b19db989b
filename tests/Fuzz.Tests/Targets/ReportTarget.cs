using System.Text;

namespace ActorFlow.Fuzz.Tests;

/// <summary>Report files: read, and written again as text and as JSON.</summary>
internal sealed class ReportTarget : FuzzTarget
{
    public override string Name => "report";

    public override int Inputs => 4_000;

    public override IReadOnlyList<string> Tokens =>
    [
        "\"job\":", "\"flow\":", "\"status\":", "\"startedAt\":", "\"endedAt\":", "\"counts\":", "\"tasks\":",
        "\"name\":",
        "\"attempts\":", "\"output\":", "\"error\":", "\"type\":", "\"message\":", "\"stackTrace\":", "\"input\":",
        "\"downstreamImpact\":", "\"skippedBecause\":", "\"criticalPath\":", "\"reason\":", "\"lost\":",
        "\"queuedAt\":",
        "null", "\"succeeded\"", "\"timedout\"", "\"12\"", "{}", "[]", ",", "\"\\ud800\"",
        "\"9999-12-31T23:59:59-14:00\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"2030-01-31T12:00:00.0000000Z\"",
    ];

    public override long AllocationBound(int length) => (1_000L * length) + 500_000;

    public override void Read(byte[] input)
    {
        var report = JobReport.FromJson(Encoding.UTF8.GetString(input));
        _ = report.ToText() + report.ToJson();
    }
}
