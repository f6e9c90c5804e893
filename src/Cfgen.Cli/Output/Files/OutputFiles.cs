using Cfgen.OnnxFormat;
using Cfgen.OnnxFormat.Storage;

namespace Cfgen.Cli.Output.Files;

/// <summary>Checks a file that an option names to be written, before anything runs.</summary>
static class OutputFiles
{
    /// <summary>
    /// Refuses a place where a folder or, unless it may be replaced, a file stands; one that is read; and one whose folder does not
    /// exist.
    /// </summary>
    /// <param name="option">That names the file, such as <c>--out</c>.</param>
    /// <param name="path">Where the ONNX file shall be, absolute.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="inputs">Files that are read; of ONNX files those with their data too. Asked for only where a file is there.</param>
    /// <exception cref="InputException">It cannot be written there.</exception>
    public static void Check(string option, string path, bool overwrite, Func<IEnumerable<string>> inputs)
    {
        string elsewhere = $"write elsewhere with {option}";
        string? there = new[] { path, OnnxFile.DataFileOf(path) }.FirstOrDefault(IsThere);
        Problem? problem = true switch
        {
            _ when Directory.Exists(path) => new("output-exists", "a folder stands where a file shall be written")
            {
                Where = path,
                Fix = elsewhere,
            },
            _ when there is not null && FindSame(there, inputs()) is { } input => new(
                "output-is-input",
                "a file that is read would be replaced")
            {
                Where = there,
                Found = $"{option} names {input}",
                Fix = elsewhere,
            },
            _ when there is not null && !overwrite => new("output-exists", "the file is already there")
            {
                Where = there,
                Fix = $"replace it with --overwrite, or {elsewhere}",
            },
            _ when !Directory.Exists(Path.GetDirectoryName(path)) => new(
                "output-folder-missing",
                "the folder for a file that shall be written does not exist")
            {
                Where = Path.GetDirectoryName(path),
                Fix = $"make it, or {elsewhere}",
            },
            _ => null,
        };
        if (problem is not null) throw new InputException(problem);
    }

    /// <summary>Refuses a file in a folder that is written too, and appears whole or not at all.</summary>
    /// <param name="option">That names the file.</param>
    /// <param name="path">Where the file shall be, absolute.</param>
    /// <param name="folder">Where the folder shall be, absolute.</param>
    /// <exception cref="InputException">The file lies in the folder.</exception>
    public static void KeepApart(string option, string path, string folder)
    {
        (FilePlace file, FilePlace around) = (FilePlace.Of(path), FilePlace.Of(folder));
        if (file.IsIn(around) || file.IsSameAs(around))
            throw new InputException(new("outputs-collide", "a file would be written into the folder of the result")
            {
                Where = path,
                Found = $"the result goes to {folder}",
                Expected = "a file elsewhere",
                Fix = $"write it elsewhere with {option}",
            });
    }

    // A link to nothing is something, too.
    static bool IsThere(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    static string? FindSame(string path, IEnumerable<string> inputs)
    {
        FilePlace place = FilePlace.Of(path);
        return inputs.SelectMany(WithData).FirstOrDefault(input => place.IsSameAs(FilePlace.Of(input)));
    }

    static IEnumerable<string> WithData(string input)
    {
        if (Path.GetExtension(input) is not ".onnx" || !File.Exists(input)) return [input];
        try
        {
            return [input, .. OnnxFile.DataFiles(input)];
        }
        catch (ModelFormatException)
        {
            return [input]; // what is wrong with it is told where it is used
        }
    }
}
