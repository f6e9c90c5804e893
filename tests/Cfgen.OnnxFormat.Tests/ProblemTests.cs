namespace Cfgen.OnnxFormat.Tests;

public sealed class ProblemTests
{
    [Fact]
    public void Every_known_part_has_a_line_of_its_own_in_the_same_column()
    {
        Problem problem = new("model-cut-off", "the ONNX model is cut off")
        {
            Where = "model.onnx",
            Found = "10 bytes",
            Expected = "20 bytes",
            Fix = "copy it again",
        };
        Assert.Equal(
            """
            the ONNX model is cut off
              where:    model.onnx
              found:    10 bytes
              expected: 20 bytes
              fix:      copy it again
            """.ReplaceLineEndings("\n"),
            problem.ToString());
    }

    [Fact]
    public void Unknown_parts_are_left_out()
    {
        Assert.Equal("the file is missing", new Problem("file-missing", "the file is missing").ToString());
        Assert.Equal(
            "the file is missing\n  fix:      check the path",
            new Problem("file-missing", "the file is missing") { Fix = "check the path" }.ToString());
    }

    [Fact]
    public void An_exception_says_what_its_problem_says()
    {
        Problem problem = new("image-unreadable", "the picture cannot be read") { Where = "a.png" };
        IOException cause = new("cause");
        InputException exception = new(problem, cause);
        Assert.Equal((problem.ToString(), problem, cause), (exception.Message, exception.Problem, exception.InnerException));
        Assert.IsAssignableFrom<CfgenException>(new ModelFormatException(problem));
    }
}
