namespace ActorFlow.Api.Tests.Building;

/// <summary>A built flow in which a task runs something else.</summary>
public sealed class ReplacementTests
{
    [Fact]
    public async Task A_task_is_replaced_by_one_of_its_name_and_output()
    {
        var old = Shop();

        var sandbox = old.Replace(edit => edit.Task("CHARGE", edit.Output<int>("price"), x => $"test of {x}"));

        Assert.Equal("5 charged, shipped", await Jobs.ResultOf(old, 4));
        Assert.Equal("test of 5, shipped", await Jobs.ResultOf(sandbox, 4));
        Assert.Equal(["price", "CHARGE", "ship"], sandbox.Definition.TaskNames);
    }

    [Fact]
    public async Task What_the_new_task_needs_and_its_policies_are_its_own()
    {
        var changed = Shop().Replace(edit => edit.Task("charge", edit.Input, x => $"{x} free").Retry(7));

        Assert.Equal(7, changed.Definition["charge"].Policy.Retry.MaxAttempts);
        Assert.Empty(changed.Definition.UpstreamOf("charge"));
        Assert.Equal("4 free, shipped", await Jobs.ResultOf(changed, 4));
    }

    [Fact]
    public async Task Several_that_are_replaced_may_take_from_each_other()
    {
        var changed = Shop().Replace(edit =>
        {
            var price = edit.Task("price", edit.Input, x => x * 100);
            var charge = edit.Task("charge", price, x => $"{x}");
            edit.Task("ship", charge, price.OrDefault(), (text, amount) => $"{text} and {amount}");
        });

        Assert.Equal("400 and 400", await Jobs.ResultOf(changed, 4));
        Assert.Equal(["price", "charge"], changed.Definition.UpstreamOf("ship").Select(task => task.Name));
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_reason()
    {
        Assert.Equal(
            ["Task 'chrage' replaces none: there is no task of its name. Did you mean 'charge'?"],
            FaultsOf(edit => edit.Task("chrage", () => "")));
        Assert.Equal(
            ["Task 'charge' gives an int, and the task that it is to replace gives a string."],
            FaultsOf(edit => edit.Task("charge", () => 1)));
        Assert.Equal(
            ["Task 'charge' is replaced twice."],
            FaultsOf(edit =>
            {
                edit.Task("charge", () => "1");
                edit.Task("charge", () => "2");
            }));
        Assert.Equal(
            ["Tasks need each other in a cycle: price -> charge -> price."],
            FaultsOf(edit => edit.Task("price", edit.Output<string>("charge"), text => text.Length)));
    }

    [Fact]
    public async Task Tasks_that_are_cached_saved_or_up_to_date_say_what_they_give()
    {
        var flow = FlowBuilder.Create<int>("kept");
        var cached = flow.Task("cached", flow.Input, x => x + 1).Cache();
        var saved = flow.Task("saved", cached, x => x + 1).SaveTo("{task}");
        flow.Task("kept", saved, x => x + 1).UpToDate(new UpToDateOptions { Always = true });
        var built = flow.Build();

        foreach (var task in built.Definition.TaskNames) Assert.Equal(built.Name, built.Returns<int>(task).Name);
        var changed = built.Replace(edit => edit.Task("cached", () => 10)).Returns<int>("saved");
        Assert.Equal(11, await Jobs.ResultOf(changed, 1));
    }

    private static Flow<int, string> Shop()
    {
        var flow = FlowBuilder.Create<int>("shop");
        var price = flow.Task("price", flow.Input, x => x + 1);
        var charge = flow.Task("charge", price, x => $"{x} charged").Retry(3);
        return flow.Build(flow.Task("ship", charge, text => $"{text}, shipped"));
    }

    private static IEnumerable<string> FaultsOf(Action<FlowBuilder<int>> change) =>
        Assert.Throws<FlowDefinitionException>(() => Shop().Replace(change)).Faults.Select(fault => fault.Message);
}
