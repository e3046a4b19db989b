using System.ComponentModel;

namespace ActorFlow.Api.Tests.Registry;

/// <summary>Tasks are found by name, namespace and version, one by one, by package and by assembly.</summary>
public sealed class TaskRegistryTests
{
    [Fact]
    public void The_latest_version_is_meant_unless_one_is_named()
    {
        var registry = new TaskRegistry().Add<Counting>("text.count").Add<CountingTwice>("text.count", version: 2);

        Assert.Equal(typeof(CountingTwice), registry["text.count"].TaskType);
        Assert.Equal("text.count@2", registry["TEXT.Count"].Reference);
        Assert.Equal(typeof(Counting), registry["count@1"].TaskType);
        Assert.Equal("text.count", registry["count@1"].Reference);
        Assert.Equal(
            "Task 'text.count' has no version 3; there are 1, 2.",
            Assert.Throws<ActorFlowException>(() => registry["text.count@3"]).Message);
        Assert.Equal(
            "Task 'text.count' has no version x; there are 1, 2.",
            Assert.Throws<ActorFlowException>(() => registry["text.count@x"]).Message);
    }

    [Fact]
    public void A_package_registers_its_tasks_under_one_namespace()
    {
        var registry = new TaskRegistry().Add(new TextTasks());

        Assert.Equal(["texts.count", "texts.count@2"], registry.Tasks.Select(task => task.Reference));
        Assert.All(registry.Tasks, task => Assert.Equal("texts", task.Namespace));
    }

    [Fact]
    public void An_assembly_is_scanned_for_classes_names_and_packages()
    {
        var registry = new TaskRegistry().AddAssembly(typeof(Counting).Assembly).AddAssembly(typeof(Counting).Assembly);

        Assert.Equal(typeof(Counting), registry["ActorFlow.Api.Tests.Registry.Counting"].TaskType);
        Assert.Equal(typeof(CountingTwice), registry["named.twice"].TaskType);
        Assert.Equal(3, registry["named.twice"].Version);
        Assert.Equal(typeof(CountingTwice), registry["texts.count"].TaskType);
        Assert.Equal("Counts characters.", registry["Registry.Counting"].Description);
    }

    [Fact]
    public void Another_class_under_a_name_that_is_taken_is_refused()
    {
        var registry = new TaskRegistry().Add<Counting>("a.b");

        registry.Add<Counting>("A.B");
        Assert.Equal(
            $"Task 'a.b' is class {typeof(Counting)} already; {typeof(CountingTwice)} needs another name or version.",
            Assert.Throws<ActorFlowException>(() => registry.Add<CountingTwice>("a.b")).Message);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("a b", 1)]
    [InlineData("a@2", 1)]
    [InlineData("a..b", 1)]
    [InlineData("a.b", 0)]
    public void A_name_or_version_that_is_none_is_refused(string name, int version) =>
        Assert.Throws<ActorFlowException>(() => new TaskRegistry().Add<Counting>(name, version));

    [Fact]
    public void Parameters_have_types_defaults_and_descriptions()
    {
        var parameters = new TaskRegistry().Add<Described>("a.b")["a.b"].Parameters!;

        Assert.Equal(
            [
                new TaskParameter("Text", typeof(string), true) { Description = "What is counted." },
                new TaskParameter("Most", typeof(int), false) { Default = 10 },
            ],
            parameters);
    }

    [Fact]
    public void What_a_caller_can_set_is_a_parameter_and_nothing_else()
    {
        var parameters = new TaskRegistry().Add<Bag>("a.b")["a.b"].Parameters!;

        Assert.Equal([new TaskParameter("Size", typeof(int), false) { Default = 3 }], parameters);
    }

    [Fact]
    public void What_a_structure_holds_has_the_defaults_of_its_types()
    {
        var parameters = new TaskRegistry().Add<Measured>("a.b")["a.b"].Parameters!;

        Assert.Equal([new TaskParameter("Width", typeof(int), false) { Default = 0 }], parameters);
    }

    [Fact]
    public void A_namespace_that_only_begins_like_that_of_the_system_is_one_of_users()
    {
        var parameters = new TaskRegistry().Add<Systems.Billing.Bill>("a.b")["a.b"].Parameters!;

        Assert.Equal(["Amount"], parameters.Select(parameter => parameter.Name));
    }
}

/// <summary>What <see cref="Bag"/> takes.</summary>
public sealed class BagInput
{
    /// <summary>May be set.</summary>
    public int Size { get; init; } = 3;

    /// <summary>May only be read.</summary>
    public int Seen { get; private set; } = 5;

    /// <summary>Is no field.</summary>
    public int this[int index]
    {
        get => index + Seen;
        set => Seen = value + index;
    }
}

/// <summary>A task whose input has more than can be set.</summary>
public sealed class Bag : SyncTask<BagInput, int>
{
    /// <inheritdoc />
    public override int Run(BagInput input, TaskContext context) => input.Size;
}

/// <summary>What <see cref="Measured"/> takes.</summary>
public struct MeasuredInput
{
    /// <summary>May be set.</summary>
    public int Width { get; set; }
}

/// <summary>A task whose input is a structure.</summary>
public sealed class Measured : SyncTask<MeasuredInput, int>
{
    /// <inheritdoc />
    public override int Run(MeasuredInput input, TaskContext context) => input.Width;
}

/// <summary>A task that scanning finds.</summary>
[Description("Counts characters.")]
public sealed class Counting : SyncTask<string, int>
{
    /// <inheritdoc />
    public override int Run(string input, TaskContext context) => input.Length;
}

/// <summary>A task with a name of its own.</summary>
[TaskName("named.twice", Version = 3)]
public sealed class CountingTwice : SyncTask<string, int>
{
    /// <inheritdoc />
    public override int Run(string input, TaskContext context) => input.Length * 2;
}

/// <summary>Tasks of one namespace.</summary>
public sealed class TextTasks : TaskPackage
{
    /// <summary>Adds them.</summary>
    public TextTasks() : base("texts")
    {
        Add<Counting>("count");
        Add<CountingTwice>("count", version: 2);
    }
}

/// <summary>What <see cref="Described"/> takes.</summary>
public sealed record DescribedInput([property: Description("What is counted.")] string Text, int Most = 10);

/// <summary>A task that says what it takes.</summary>
public sealed class Described : SyncTask<DescribedInput, int>
{
    /// <inheritdoc />
    public override int Run(DescribedInput input, TaskContext context) => Math.Min(input.Text.Length, input.Most);
}
