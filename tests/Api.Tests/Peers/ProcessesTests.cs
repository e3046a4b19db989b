using System.Text.Json;

namespace ActorFlow.Api.Tests.Peers;

/// <summary>What the engine "processes" promises of reports, in cases of its own.</summary>
public sealed class ProcessesTests
{
    [Fact]
    public async Task Processes_P4_two_failures_skip_exactly_what_is_below_them()
    {
        var ran = new System.Collections.Concurrent.ConcurrentBag<string>();
        var flow = FlowBuilder.Create<int>("dual");
        TaskHandle<string> Add(string name, params TaskHandle<string>[] needs)
        {
            var task = flow.Task(name, flow.Input, _ =>
            {
                ran.Add(name);
                return name is "b3" or "c2" ? throw new InvalidOperationException($"{name} broke") : name;
            });
            return needs.Length == 0 ? task : task.After([.. needs]);
        }

        var (a0, b0, c0) = (Add("a0"), Add("b0"), Add("c0"));
        var a3 = Add("a3", Add("a1", a0), Add("a2", a0));
        var b4 = Add("b4", Add("b3", Add("b1", b0), Add("b2", b0)));
        var c3 = Add("c3", Add("c2", Add("c1", c0)));
        Add("d", a3, b4, c3);
        var report = await RunAsync(flow.Build());

        Assert.Equal(["a0", "a1", "a2", "a3", "b0", "b1", "b2", "c0", "c1"], Names(report.Succeeded));
        Assert.Equal(["b3", "c2"], Names(report.Failed));
        Assert.Equal(["b4", "c3", "d"], Names(report.Skipped));
        Assert.Empty(ran.Intersect(["b4", "c3", "d"]));
        Assert.Equal(["b4", "d"], report["b3"].Error!.DownstreamImpact.Order());
        Assert.Equal(["c3", "d"], report["c2"].Error!.DownstreamImpact.Order());
    }

    [Fact]
    public async Task Processes_P5_entries_are_in_order_with_status_attempts_and_time()
    {
        var flow = FlowBuilder.Create<int>("report");
        var load = flow.Task("load", flow.Input, _ => "data");
        var apply = flow.Task("apply", load, string (data) => throw new InvalidDataException("apply failed"));
        flow.Task("notify", apply, data => data);
        var report = await RunAsync(flow.Build());

        Assert.Equal(["load", "apply", "notify"], report.Tasks.Select(task => task.Name));
        Assert.Equal(["succeeded", "failed", "skipped"], report.Tasks.Select(task => task.Status));
        Assert.Equal([1, 1, 0], report.Tasks.Select(task => task.Attempts));
        Assert.Equal(TimeSpan.Zero, report["notify"].Elapsed);
        Assert.Equal("apply failed", report["apply"].Error!.Message);
        Assert.Equal(new InputValue("input", "\"data\""), Assert.Single(report["apply"].Error!.Input));
    }

    [Fact]
    public async Task Processes_P18_a_payment_that_fails_thrice_ships_nothing_and_archives_all_the_same()
    {
        var flow = FlowBuilder.Create<int>("orders");
        var inventory = flow.Task("fetch_inventory", flow.Input, _ => new[] { "A-1", "B-2", "C-3" });
        var prices = flow.Task("enrich_pricing", inventory,
            items => items.Select((item, i) => (item, price: 10.0 + i)).ToDictionary(p => p.item, p => p.price));
        var charge = flow.Task("charge_payments", prices,
            int (owed) => throw new HttpRequestException("the gateway is down")).Retry(3);
        flow.Task("ship_orders", charge, x => x);
        flow.Task("archive_logs", flow.Input, _ => true);
        var report = await RunAsync(flow.Build());

        Assert.Equal(["archive_logs", "enrich_pricing", "fetch_inventory"], Names(report.Succeeded));
        Assert.Equal(("failed", 3), (report["charge_payments"].Status, report["charge_payments"].Attempts));
        var shipping = report["ship_orders"];
        Assert.Equal(("skipped", "charge_payments"), (shipping.Status, shipping.SkippedBecause));
        using var output = JsonDocument.Parse(PayloadJson.Of(report["enrich_pricing"].Output!));
        Assert.Equal(
            [("A-1", 10.0), ("B-2", 11.0), ("C-3", 12.0)],
            output.RootElement.EnumerateObject().Select(price => (price.Name, price.Value.GetDouble())));
    }

    [Fact]
    public async Task Processes_P22_the_json_has_every_field_on_every_entry_and_every_kind_of_result()
    {
        var flow = FlowBuilder.Create<int>("json");
        flow.Task("data", flow.Input, _ => new Dictionary<string, object> { ["k"] = 1, ["nested"] = new[] { 1, 2 } });
        flow.Task("custom", flow.Input, _ => new Opaque());
        var bad = flow.Task("bad", flow.Input, int (x) => throw new InvalidDataException("broken"));
        flow.Task("down", bad, x => x);
        using var json = JsonDocument.Parse((await RunAsync(flow.Build())).ToJson());

        var tasks = json.RootElement.GetProperty("tasks").EnumerateArray()
            .ToDictionary(task => task.GetProperty("name").GetString()!, StringComparer.Ordinal);
        var fields = tasks["data"].EnumerateObject().Select(field => field.Name).ToList();
        Assert.Superset(
            new HashSet<string> { "name", "kind", "status", "elapsedSeconds", "attempts", "output", "error" },
            fields.ToHashSet());
        Assert.All(tasks.Values, task => Assert.Equal(fields, task.EnumerateObject().Select(field => field.Name)));
        Assert.Equal("""{"k":1,"nested":[1,2]}""", tasks["data"].GetProperty("output").GetRawText());
        Assert.Equal("an opaque thing", tasks["custom"].GetProperty("output").GetProperty("text").GetString());
        var error = tasks["bad"].GetProperty("error");
        Assert.Equal("1", error.GetProperty("input").EnumerateObject().Single().Value.GetString());
        Assert.Equal(["down"], error.GetProperty("downstreamImpact").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(JsonValueKind.Null, tasks["down"].GetProperty("error").ValueKind);
    }

    [Fact]
    public async Task Processes_each_function_is_called_once_however_many_become_ready_at_once()
    {
        var calls = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var flow = FlowBuilder.Create<int>("diamond");
        TaskHandle<int> Add(string name, params TaskHandle<int>[] needs) => flow.Task(name, flow.Input, x =>
        {
            calls.Enqueue(name);
            return name.StartsWith("bad", StringComparison.Ordinal) ? throw new IOException(name) : x;
        }).After([.. needs]);

        var top = Add("top");
        var siblings = Enumerable.Range(0, 16).Select(i => Add($"sibling{i}", top)).ToArray();
        Add("bottom", siblings);
        foreach (var chain in Enumerable.Range(0, 8))
            Add($"after{chain}", Add($"bad{chain}", Add($"good{chain}", top)));
        var built = flow.Build();
        for (var round = 0; round < 5; round++)
        {
            calls.Clear();
            var report = await RunAsync(built);

            Assert.Equal((26, 8, 8), (report.Counts.Succeeded, report.Counts.Failed, report.Counts.Skipped));
            Assert.Equal(
                Names(report.Tasks.Where(task => task.Attempts > 0)), calls.Order(StringComparer.Ordinal));
        }
    }

    private static async Task<JobReport> RunAsync(Flow<int, Nothing> flow)
    {
        await using var engine = ActorFlowEngine.CreateInMemory();
        var job = await engine.SubmitAsync(flow, 1);
        await job.WaitAsync();
        return await job.GetReportAsync();
    }

    private static IEnumerable<string> Names(IEnumerable<TaskReport> tasks) =>
        tasks.Select(task => task.Name).Order(StringComparer.Ordinal);

    private sealed class Opaque
    {
        public override string ToString() => "an opaque thing";
    }
}
