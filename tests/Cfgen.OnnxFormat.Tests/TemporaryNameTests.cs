using System.Text.RegularExpressions;
using Cfgen.OnnxFormat.Storage;

namespace Cfgen.OnnxFormat.Tests;

/// <summary>What a killed process leaves goes with the next run; what a living one is writing stays.</summary>
public sealed class TemporaryNameTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_process_that_is_no_more_left_goes_when_its_file_is_saved_again()
    {
        string left = Make(NameOfGone("model.onnx")), data = Make(NameOfGone("model.onnx.data"));
        string own = Make(TemporaryName.For("model.onnx"));
        OnnxFile.Save(Models.Of(17, [Models.Node("Relu", ["x"], ["y"])]), _folder["model.onnx"]);
        Assert.False(File.Exists(left) || File.Exists(data));
        Assert.True(File.Exists(own)); // of this very process, which may be writing it
        Assert.Equal(2, _folder.Names.Length);
    }

    [Fact]
    public void Of_other_files_nothing_goes()
    {
        string other = Make(NameOfGone("other.onnx"));
        TemporaryName.RemoveLeft(_folder["model.onnx"]);
        Assert.True(File.Exists(other));
    }

    [Theory]
    [InlineData("model.onnx.tmp")]
    [InlineData("model.onnx.cfgen-notes")]
    [InlineData("model.onnx.cfgen-0a1b2c3d-1-0a1b2c3d.tmp.txt")]
    [InlineData("model.onnx.cfgen-00000000-999999999-00000000.tmp")] // of another machine, whose processes cannot be asked for
    public void Names_that_say_something_else_stay(string name)
    {
        Make(name);
        TemporaryName.RemoveLeft(_folder["model.onnx"]);
        TemporaryName.RemoveLeftIn(_folder.Path);
        Assert.Equal([name], _folder.Names);
    }

    [Fact]
    public void Folders_go_with_all_that_is_in_them()
    {
        string left = _folder[NameOfGone("entry")];
        Directory.CreateDirectory(Path.Combine(left, "inner"));
        File.WriteAllText(Path.Combine(left, "inner", "file"), "");
        Directory.CreateDirectory(left + ".old");
        TemporaryName.RemoveLeftIn(_folder.Path);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_no_matter() => TemporaryName.RemoveLeftIn(_folder["none"]);

    string Make(string name)
    {
        File.WriteAllText(_folder[name], "");
        return _folder[name];
    }

    /// <summary>The name that a process of a number would have taken that no system gives out.</summary>
    static string NameOfGone(string name) => Regex.Replace(TemporaryName.For(name), @"-[0-9]+(?=-[0-9a-f]{8}\.tmp$)", $"-{int.MaxValue}");
}
