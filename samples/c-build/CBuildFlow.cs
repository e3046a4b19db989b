namespace ActorFlow.Samples.CBuild;

/// <summary>Builds a program in C: a task for every source, and what is up to date is not built again.</summary>
public static class CBuildFlow
{
    /// <summary>The flow: from the sources, their paths by their names, to the path of the program.</summary>
    public static Flow<IReadOnlyDictionary<string, string>, string> Build()
    {
        var compile = FlowBuilder.Chain<string>("compile")
            .Then("object", CompileAsync)
            .With(task => task.UpToDate(new UpToDateOptions { Inputs = ["{input}"], Outputs = ["unit.o"] }))
            .Build();

        var flow = FlowBuilder.Create<IReadOnlyDictionary<string, string>>("c-build");
        // As make does with --keep-going: a source that does not compile leaves the others to be built.
        var objects = flow.MapValues("objects", flow.Input, compile, new MapOptions { MaxFailures = 0 });
        var program = flow.Task("link", objects, LinkAsync)
            .UpToDate(new UpToDateOptions { Outputs = ["program"] });
        return flow.Build(program);
    }

    private static async Task<string> CompileAsync(string source, TaskContext context)
    {
        var unit = Path.Combine(context.RunDirectory, "unit.o");
        var rule = Path.Combine(context.RunDirectory, "unit.d");
        // The compiler itself says which headers it has read; as many compilers run at once as there are processors.
        var compiler = await context.ExecAsync(
            ProcessSpec.Program("cc", "-c", source, "-o", unit, "-MMD", "-MF", rule) with
            {
                LogFilter = MarkerPattern.Gcc.Match,
            });
        compiler.EnsureSuccess();
        context.HasRead(Prerequisites(await File.ReadAllTextAsync(rule, context.CancellationToken)));
        return unit;
    }

    private static async Task<string> LinkAsync(IReadOnlyDictionary<string, string> objects, TaskContext context)
    {
        var program = Path.Combine(context.RunDirectory, "program");
        var units = objects.OrderBy(unit => unit.Key, StringComparer.Ordinal).Select(unit => unit.Value);
        var linker = await context.ExecAsync(ProcessSpec.Program("cc", ["-o", program, .. units]));
        linker.EnsureSuccess();
        return program;
    }

    // A rule of a makefile, "unit.o: main.c util.h \": the files are behind the colon.
    private static string[] Prerequisites(string rule) => rule
        [(rule.IndexOf(": ", StringComparison.Ordinal) + 2)..]
        .Split([' ', '\\', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
