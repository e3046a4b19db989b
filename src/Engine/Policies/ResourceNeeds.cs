using System.Collections;

namespace ActorFlow;

/// <summary>How many units of which resources something takes while it runs. Immutable; compared by content.</summary>
public sealed class ResourceNeeds : IReadOnlyList<ResourceNeed>, IEquatable<ResourceNeeds>
{
    /// <summary>The resource that stands for processors: a program takes one unit unless it says otherwise.</summary>
    public const string Processors = "nproc";

    private readonly ResourceNeed[] _needs;

    private ResourceNeeds(ResourceNeed[] needs) => _needs = needs;

    /// <summary>Nothing.</summary>
    public static ResourceNeeds None { get; } = new([]);

    /// <inheritdoc />
    public int Count => _needs.Length;

    /// <inheritdoc />
    public ResourceNeed this[int index] => _needs[index];

    /// <summary>Needs of one resource.</summary>
    /// <param name="resource">Its name; case matters.</param>
    /// <param name="units">How many units; at least 1, or the flow is refused.</param>
    public static ResourceNeeds Of(string resource, int units = 1) => None.With(resource, units);

    /// <summary>These, and so many units of one resource in place of what was said of it before.</summary>
    /// <param name="resource">Its name; case matters.</param>
    /// <param name="units">How many units; at least 1, or the flow is refused.</param>
    public ResourceNeeds With(string resource, int units)
    {
        ArgumentNullException.ThrowIfNull(resource);
        // In order of their names, so that the same needs are the same list however they were said.
        return new([.. _needs.Where(need => need.Resource != resource).Append(new ResourceNeed(resource, units))
            .OrderBy(need => need.Resource, StringComparer.Ordinal)]);
    }

    /// <summary>How many units of a resource; 0 for none.</summary>
    public int UnitsOf(string resource)
    {
        foreach (var need in _needs)
            if (need.Resource == resource) return need.Units;
        return 0;
    }

    /// <inheritdoc />
    public bool Equals(ResourceNeeds? other) => other is not null && _needs.AsSpan().SequenceEqual(other._needs);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ResourceNeeds);

    /// <inheritdoc />
    public override int GetHashCode() => (int)StableHash.Of(ToString());

    /// <summary>As a person would say it: <c>2 of nproc, 1 of licence</c>.</summary>
    public override string ToString() =>
        Count == 0 ? "nothing" : string.Join(", ", _needs.Select(need => $"{need.Units} of {need.Resource}"));

    /// <inheritdoc />
    public IEnumerator<ResourceNeed> GetEnumerator() => _needs.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>So many units of one resource.</summary>
/// <param name="Resource">The resource's name.</param>
/// <param name="Units">How many units.</param>
public readonly record struct ResourceNeed(string Resource, int Units);
