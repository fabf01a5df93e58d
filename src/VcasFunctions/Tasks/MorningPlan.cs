namespace VcasFunctions.Tasks;

/// <summary>A working morning.</summary>
/// <param name="Day">London's date, as 2026-11-30.</param>
public sealed record MorningPlan(string Day);
