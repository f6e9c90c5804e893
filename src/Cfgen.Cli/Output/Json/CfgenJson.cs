using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cfgen.Cli.Commands.Bundles.Create;
using Cfgen.Cli.Commands.Generate;
using Cfgen.Cli.Commands.Gradient.Build;
using Cfgen.Cli.Commands.Gradient.Check;
using Cfgen.Cli.Commands.Gradient.Time;
using Cfgen.Cli.Commands.Import;
using Cfgen.Cli.Commands.Inspect;
using Cfgen.Cli.Commands.Project;
using Cfgen.Cli.Results;

namespace Cfgen.Cli.Output.Json;

/// <summary>Everything that cfgen writes as JSON; the code for it is generated when cfgen is built.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(ExplanationRecord))]
[JsonSerializable(typeof(ProjectRecord))]
[JsonSerializable(typeof(InspectRecord))]
[JsonSerializable(typeof(BundleCreateRecord))]
[JsonSerializable(typeof(ImportRecord))]
[JsonSerializable(typeof(GenerateRecord))]
[JsonSerializable(typeof(GradientBuildRecord))]
[JsonSerializable(typeof(GradientCheckRecord))]
[JsonSerializable(typeof(GradientTimeRecord))]
[JsonSerializable(typeof(ErrorRecord))]
sealed partial class CfgenJson : JsonSerializerContext
{
    // Made when first asked for: the generated half of this class sets its own static members at a time that this half cannot choose.
    static CfgenJson? s_indented;
    static CfgenJson? s_oneLine;

    /// <summary>For files and for people.</summary>
    public static CfgenJson Indented => s_indented ??= new(Readable(indented: true));

    /// <summary>For a stream where each object is a line.</summary>
    public static CfgenJson OneLine => s_oneLine ??= new(Readable(indented: false));

    // Letters stay letters: none of this is put into a web page, the one place where the usual escapes matter.
    static JsonSerializerOptions Readable(bool indented) =>
        new(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = indented };
}
