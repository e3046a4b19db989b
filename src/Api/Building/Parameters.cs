namespace ActorFlow;

/// <summary>Names the parameters of tasks in code, by place: renaming those of a lambda changes nothing.</summary>
internal static class Parameters
{
    private static readonly string[] Numbered =
        ["input1", "input2", "input3", "input4", "input5", "input6", "input7", "input8"];

    /// <summary>The name for one of several sources; empty if there is only one.</summary>
    public static string At(int index, int of) => of == 1 ? "" : Numbered[index];

    /// <summary>The name of a parameter that may be the only one.</summary>
    public static string NameOf(string parameter) => parameter.Length == 0 ? "input" : parameter;

    /// <summary>The name of a part of a parameter: on its own if that parameter is the only one.</summary>
    public static string Part(string parameter, string part) => parameter.Length == 0 ? part : $"{parameter}.{part}";

    /// <summary>The name of an element of a parameter that is a list.</summary>
    public static string Element(string parameter, int index) => $"{parameter}[{index}]";
}
