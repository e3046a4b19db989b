namespace ActorFlow.Cli;

/// <summary>Where in a document an object stands; text only once it is wanted.</summary>
/// <param name="Path">The way to it, or to the list that it is in.</param>
/// <param name="Index">Its place in the list; -1 if it is in none.</param>
internal readonly record struct JsonPlace(string Path, int Index = -1)
{
    public static readonly JsonPlace Root = new("");

    /// <summary>As <c>workflow.tasks[3].</c>.</summary>
    public override string ToString() => Index < 0 ? Path : $"{Path}[{Index}].";
}
