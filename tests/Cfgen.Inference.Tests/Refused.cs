namespace Cfgen.Inference.Tests;

/// <summary>What a wrong input is answered with.</summary>
static class Refused
{
    /// <summary>The problem that the action ends with, which has to say where, what was found, what was expected and what to do.</summary>
    public static Problem By<T>(Action action) where T : CfgenException
    {
        Problem problem = Assert.Throws<T>(action).Problem;
        Assert.All([problem.What, problem.Where, problem.Found, problem.Expected, problem.Fix],
            part => Assert.False(string.IsNullOrWhiteSpace(part), problem.ToString()));
        return problem;
    }
}
