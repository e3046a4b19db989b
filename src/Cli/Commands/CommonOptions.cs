using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace ActorFlow.Cli;

/// <summary>Options that several commands have, made anew for each.</summary>
internal static class CommonOptions
{
    public static Option<string> Data() => Named(new Option<string>("--data")
    {
        Description = "The directory of the journal and the logs of tasks.",
        DefaultValueFactory = _ => ".actorflow",
        HelpName = "DIR",
    });

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    public static Option<int?> Parallel()
    {
        var option = new Option<int?>("--parallel")
        {
            Description = "How many tasks may run at once, beside those in pools of other names (default: the number "
                + "of processors).",
            HelpName = "N",
            CustomParser = result => Number<int>(result, "a whole number"),
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var n) && n < 1)
                result.AddError($"--parallel is {n}; it must be at least 1.");
        });
        return option;
    }

    /// <summary>Reads a number that an option is given.</summary>
    /// <param name="result">What it is given.</param>
    /// <param name="wanted">What messages call it.</param>
    public static T Number<T>(ArgumentResult result, string wanted) where T : struct, INumber<T>
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        // No separators of thousands: '0,5' is no 5.
        var style = typeof(T) == typeof(double) ? NumberStyles.Float : NumberStyles.Integer;
        if (T.TryParse(text, style, CultureInfo.InvariantCulture, out var number)) return number;
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name} is '{text}'; {wanted} is wanted.");
        return default;
    }

    public static Option<string[]> Pool()
    {
        var option = Amounts(
            new Option<string[]>("--pool")
            {
                Description = "How many tasks may run at once in a pool that a flow of an assembly names.",
                HelpName = "NAME=N",
            },
            "boards=2");
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (AmountOf(token.Value)?.Name is TaskPolicy.ComputePool or TaskPolicy.AsyncPool)
                    result.AddError($"--pool is '{token.Value}'; how many tasks run at once there is for --parallel.");
        });
        return option;
    }

    public static Option<string[]> Resource() => Amounts(
        new Option<string[]>("--resource")
        {
            Description = "How many units there are of a resource that tasks need (nproc: the number of processors).",
            HelpName = "NAME=UNITS",
        },
        "licence=2");

    private static Option<string[]> Amounts(Option<string[]> option, string example)
    {
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (AmountOf(token.Value) is not { Amount: >= 1 })
                    result.AddError($"{option.Name} is '{token.Value}'; a name and a number of at least 1 are wanted, "
                        + $"such as {example}.");
        });
        return option;
    }

    /// <summary>How much of what a command line names; of two for one name the last counts.</summary>
    public static IReadOnlyDictionary<string, int> AmountsOf(string[]? texts)
    {
        var amounts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts ?? [])
            if (AmountOf(text) is { } found) amounts[found.Name] = found.Amount;
        return amounts;
    }

    private static (string Name, int Amount)? AmountOf(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && int.TryParse(
            text.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount)
            ? (text[..equals], amount)
            : null;
    }

    public static Option<string?> Report() => Named(new Option<string?>("--report")
    {
        Description = "Write the report of the job to this file, as JSON.",
        HelpName = "FILE",
    });

    public static Option<string?> NotifyWebhook() => Named(new Option<string?>("--notify-webhook")
    {
        Description = $"Post the report of each job that ends here, signed if {Webhook.SecretVariable} is set.",
        HelpName = "URL",
    });

    public static Option<string?> Log() => Named(new Option<string?>("--log")
    {
        Description = "Write logs to this file.",
        HelpName = "FILE",
    });

    public static Option<string[]> Tasks() => Named(new Option<string[]>("--tasks")
    {
        Description = "An assembly with the .NET tasks that the flow uses.",
        HelpName = "ASSEMBLY",
    });

    /// <summary>An option that names a file or a directory: an empty text, as of an unset variable, does not.</summary>
    public static Option<T> Named<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
                result.AddError($"{option.Name} is empty; {option.HelpName} is wanted.");
        });
        return option;
    }

    public static Option<string?> Input() => Named(new Option<string?>("--input")
    {
        Description = "The job's input as a JSON object, from a file or from standard input (-).",
        HelpName = "FILE|-",
    });

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Set one field of the input.",
        HelpName = "NAME=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<bool> Quiet() => new("--quiet", "-q") { Description = "Print errors only." };

    public static Option<bool> Verbose() => new("--verbose", "-v") { Description = "Print what happens to each task." };

    public static Argument<string> JobId() => new("ID") { Description = "The id of a job." };

    public static Argument<string> Flow() => new("FLOW")
    {
        Description = "A flow in YAML or JSON, a WfFormat workflow instance (.json, .json.gz), or a flow of a .NET "
            + "assembly (ASSEMBLY.dll:NAME).",
    };

    public static Argument<string?> OtherFlow() => new("FLOW")
    {
        Description = "Another flow: a file, or ASSEMBLY.dll:NAME (default: the flow that the job keeps).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static Argument<string?> Path() => new("PATH")
    {
        Description = "A flow file, a folder of them, a .NET assembly, or ASSEMBLY.dll:NAME (default: the data "
            + "directory).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>A job id from the command line.</summary>
    /// <exception cref="ActorFlowException">It breaks the rules of names.</exception>
    public static JobId ParseJobId(string text)
    {
        try
        {
            return new JobId(text);
        }
        catch (ArgumentException e)
        {
            throw new ActorFlowException(e.Message.Replace(
                $" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal), e);
        }
    }
}
