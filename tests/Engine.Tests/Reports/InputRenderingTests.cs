namespace ActorFlow.Engine.Tests.Reports;

/// <summary>What a report writes down of the inputs of a task that failed.</summary>
public sealed class InputRenderingTests
{
    [Fact]
    public void A_value_is_written_whole_up_to_its_most_and_cut_between_characters_beyond()
    {
        Assert.Equal(Json(998), Rendered(Json(998)));
        Assert.Equal($"\"{new string('x', 999)}… (1001 bytes in all)", Rendered(Json(999)));
        // Two bytes each: the thousandth byte is the middle of one.
        Assert.Equal(
            $"\"{new string('é', 499)}… (1002 bytes in all)", Rendered($"\"{new string('é', 500)}\""));

        static string Json(int characters) => $"\"{new string('x', characters)}\"";
    }

    [Fact]
    public void A_field_is_found_by_its_exact_name_before_one_that_differs_in_case()
    {
        Assert.Equal("2", Rendered("""{"NAME":1,"name":2}""", "name"));
        Assert.Equal("1", Rendered("""{"other":0,"NAME":1}""", "name"));
        Assert.Equal("3", Rendered("""{"a":{"b":{"C":3}}}""", "a.b.c"));
    }

    [Fact]
    public void A_field_that_is_not_there_is_null()
    {
        Assert.Equal("null", Rendered("""{"a":1}""", "b"));
        Assert.Equal("null", Rendered("""{"a":1}""", "a.b"));
        Assert.Equal("null", Rendered("[1]", "a"));
        Assert.Equal("null", Rendered("null", "a"));
    }

    [Fact]
    public void What_is_too_deep_for_fields_is_shown_from_its_start()
    {
        var deep = new string('[', 10_001) + new string(']', 10_001);

        Assert.Equal($"{new string('[', 1_000)}… (20002 bytes in all)", Rendered(deep, "a"));
    }

    [Fact]
    public void A_field_beside_something_deep_is_found()
    {
        var deep = new string('[', 500) + new string(']', 500);

        Assert.Equal("1", Rendered($$"""{"deep":{{deep}},"a":1}""", "a"));
    }

    [Fact]
    public void The_output_of_a_task_that_has_none_is_null_and_what_only_orders_is_left_out()
    {
        var draft = Flows.Draft("fails", "first", "down: fails?, first!")
            .With("down", new TaskPolicy { Trigger = TriggerRule.AllDone });
        var report = new RecordedJob(draft.Build())
            .Answer("fails", Flows.Failure()).Answer("down", Flows.Failure()).Run().Report;

        Assert.Equal([new InputValue("p0", "null")], report["down"].Error!.Input);
        Assert.Empty(report["fails"].Error!.Input);
    }

    private static string Rendered(string json, string? field = null)
    {
        var draft = Flows.Draft("a");
        draft.Tasks[0].Inputs.Add(InputDraft.FromJob("p") with { Field = field });
        return new RecordedJob(draft.Build(), Payload.FromJson(json))
            .Answer("a", Flows.Failure()).Run().Report["a"].Error!.Input.Single().Value;
    }
}
