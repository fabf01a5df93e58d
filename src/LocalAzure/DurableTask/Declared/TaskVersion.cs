namespace Microsoft.DurableTask
{
    /// <summary>The version of an orchestration or activity; empty means unversioned. Compared without regard to case.</summary>
    public readonly struct TaskVersion : IEquatable<TaskVersion>
    {
        /// <summary>Asks for the unversioned task outright, where null would inherit a version.</summary>
        public static readonly TaskVersion Unversioned;

        private readonly string? version;

        /// <summary>A version; null and empty are unversioned.</summary>
        /// <exception cref="ArgumentException">The text consists of white space only.</exception>
        public TaskVersion(string? version)
        {
            if (!string.IsNullOrEmpty(version) && string.IsNullOrWhiteSpace(version))
                throw new ArgumentException("A version can't be white space; null or an empty text is unversioned.", nameof(version));
            this.version = version;
        }

        /// <summary>The version's text, never null.</summary>
        public string Version => version ?? string.Empty;

        public static implicit operator string(TaskVersion value) => value.Version;

        public static implicit operator TaskVersion(string? value) => new(value);

        public static bool operator ==(TaskVersion a, TaskVersion b) => a.Equals(b);

        public static bool operator !=(TaskVersion a, TaskVersion b) => !a.Equals(b);

        /// <inheritdoc/>
        public bool Equals(TaskVersion other) => string.Equals(Version, other.Version, StringComparison.OrdinalIgnoreCase);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is TaskVersion other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Version);
    }
}

namespace Microsoft.DurableTask.Abstractions
{
    /// <summary>How versions are ordered.</summary>
    public static class TaskOrchestrationVersioningUtils
    {
        /// <summary>
        /// Orders two versions: an empty one comes before every other; two that <see cref="Version"/> can read are compared
        /// as such ("1.9" before "1.10"); anything else as text, without regard to case.
        /// </summary>
        public static int CompareVersions(string sourceVersion, string otherVersion)
        {
            var sourceEmpty = string.IsNullOrWhiteSpace(sourceVersion);
            var otherEmpty = string.IsNullOrWhiteSpace(otherVersion);
            if (sourceEmpty || otherEmpty) return otherEmpty.CompareTo(sourceEmpty);
            return Version.TryParse(sourceVersion, out var source) && Version.TryParse(otherVersion, out var other)
                ? source.CompareTo(other)
                : string.Compare(sourceVersion, otherVersion, StringComparison.OrdinalIgnoreCase);
        }
    }
}
