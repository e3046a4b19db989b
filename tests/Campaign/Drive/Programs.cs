using System.Diagnostics;

namespace ActorFlow.Campaign;

/// <summary>Starts programs that lie beside this one.</summary>
internal static class Programs
{
    public static ProcessStartInfo Start(string assembly, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), .. arguments]);
        // It lives for moments only: what makes it fast later makes it slow now.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }
}
