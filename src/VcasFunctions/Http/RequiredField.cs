using VcasFunctions.Problems;

namespace VcasFunctions.Http;

/// <summary>Fields that a small request can't do without.</summary>
public static class RequiredField
{
    /// <summary>The value, or a refusal that names the field.</summary>
    /// <exception cref="ProblemException">It is missing.</exception>
    public static T Value<T>(T? value, string field) where T : struct =>
        value ?? throw new ProblemException(
            Problem.InvalidFields([new FieldProblem(field, $"This is needed. {ExpectedValues.Of(typeof(T))}")]));

    /// <summary>The value, or a refusal that names the field.</summary>
    /// <exception cref="ProblemException">It is missing.</exception>
    public static T Value<T>(T? value, string field) where T : class =>
        value ?? throw new ProblemException(
            Problem.InvalidFields([new FieldProblem(field, $"This is needed. {ExpectedValues.Of(typeof(T))}")]));
}
