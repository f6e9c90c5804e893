using System.Globalization;
using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Graphs;

/// <summary>A classifier, checked, and what lies between a picture and its input and between its output and logits.</summary>
/// <param name="Model">The classifier as it was exported.</param>
/// <param name="Preprocessing">From the generator's picture to the numbers that the classifier takes.</param>
/// <param name="Kind">What its output holds.</param>
/// <param name="Classes">K.</param>
sealed record ClassifierPart(ModelPart Model, PreprocessingSpec Preprocessing, ClassifierOutput Kind, int Classes)
{
    /// <summary>What a classifier is called in a bundle.</summary>
    public const string Role = "classifier";

    static readonly float[] s_unit = [0, 1], s_bytes = [0, 255];

    /// <summary>Whether its classes are labels that are true or not whatever the others are.</summary>
    public bool HasLabels => Kind == ClassifierOutput.Labels;

    /// <summary>What was chosen where the model leaves a choice, for people.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>Loads the classifier of a bundle.</summary>
    /// <exception cref="CfgenException">There is none, or it is unreadable or does not fit.</exception>
    public static ClassifierPart Load(Bundle bundle)
    {
        ClassifierSpec spec = bundle.Manifest.Classifier ?? new() { File = "" };
        ModelFileSpec? own = GraphBuilder.Spec(bundle.Classifier ?? throw Missing(bundle), bundle, bundle.Manifest.Classifier);
        ModelPart model = ModelPart.Load(bundle.Classifier, own);
        PartContracts.CheckOpset(model);
        PreprocessingSpec preprocessing = ForElements(model.Input, spec.Preprocessing);
        PartContracts.CheckClassifierInput(model, bundle.Manifest.Image, preprocessing);
        CheckBytes(model, preprocessing);
        // What model.json says is said of its own file and of the output that it names.
        bool isToldOf = own is not null && (bundle.Classifier.Output is null || bundle.Classifier.Output == own.Output);
        ClassifierOutput told = isToldOf ? spec.Kind : ClassifierOutput.Auto, kind = ClassifierHead.Resolve(model, told);
        int classes = ClassifierHead.Classes(kind, PartContracts.ClassifierColumns(model, kind));
        CheckClassNames(bundle, model, classes);
        return new(model, preprocessing, kind, classes)
        {
            Notes = [.. model.Notes, .. NotesOf(spec.Preprocessing, preprocessing, told, kind, classes)],
        };
    }

    /// <summary>Preprocessing for a classifier that takes bytes: where nothing else is said, from 0 to 255 and not from 0 to 1, which
    /// would leave two gray levels.</summary>
    public static PreprocessingSpec ForElements(ModelPort input, PreprocessingSpec preprocessing) =>
        input.Type == DataType.Uint8 && preprocessing.Range.SequenceEqual(s_unit) ? preprocessing with { Range = s_bytes } : preprocessing;

    /// <summary>Appends preprocessing, the classifier, and what makes logits of its output.</summary>
    /// <param name="composer">Gets the nodes.</param>
    /// <param name="image">The generator's picture, [N, C, H, W].</param>
    /// <param name="spec">What pictures it makes.</param>
    /// <param name="copy">0 where it is appended for the first time; a further copy has nodes of its own and the weights of the
    /// first.</param>
    /// <returns>Names of the output, [N, K] or for a single column [N], and of the logits [N, K].</returns>
    public (string Output, string Logits) Append(ModelComposer composer, string image, ImageSpec spec, int copy = 0)
    {
        const string First = "classifier/";
        string own = copy == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"view{copy}/");
        GraphWriter before = new(composer.Model, own + "preprocessing/");
        string input = PreprocessingGraph.Append(before, image, spec, Preprocessing);
        if (Model.Input.Picture is { ChannelsLast: true }) input = before.Transpose(input, 0, 2, 3, 1);
        // Rounded as saved pictures are; the gradient goes straight through.
        if (Model.Input.Type == DataType.Uint8) input = before.Emit("QuantizeLinear", [input, before.Scalar(1)]);
        string output = GraphBuilder.Append(composer, Model, own + First, input, weights: copy == 0 ? null : First);
        GraphWriter behind = new(composer.Model, own + "logits/");
        int rank = Model.Output.Shape?.Count ?? 2;
        if (rank > 2) output = behind.Reshape(output, behind.Longs(-1, PartContracts.ClassifierColumns(Model, Kind)));
        return (output, ClassifierHead.Append(behind, output, Kind, Math.Min(rank, 2)));
    }

    static IEnumerable<string> NotesOf(PreprocessingSpec told, PreprocessingSpec used, ClassifierOutput kindTold, ClassifierOutput kind,
        int classes)
    {
        if (!used.Range.SequenceEqual(told.Range))
            yield return "the classifier takes bytes: its pictures are made from 0 to 255, where model.json says 0 to 1";
        if (kindTold == ClassifierOutput.Auto && kind == ClassifierOutput.Labels)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the classifier ends in a sigmoid: its {classes} outputs are labels that are true or not whatever the others are "
                + $"('classifier.kind' in model.json says otherwise)");
    }

    static void CheckBytes(ModelPart model, PreprocessingSpec preprocessing)
    {
        bool normalised = preprocessing.Mean is not null || preprocessing.Std is not null;
        if (model.Input.Type != DataType.Uint8 || !normalised && preprocessing.Range is [>= 0, <= 255]) return;
        throw model.Mismatch(model.Input, "preprocessing whose values are bytes, from 0 to 255",
            "leave 'mean' and 'std' out of 'classifier.preprocessing', with the range [0, 255]: a classifier that takes bytes "
            + "normalises them itself; or export it with a float32 input");
    }

    static void CheckClassNames(Bundle bundle, ModelPart classifier, int classes)
    {
        // Another classifier may have other classes: they then go by their index.
        bool isOwn = GraphBuilder.Spec(bundle.Classifier!, bundle, bundle.Manifest.Classifier) is not null;
        string source = bundle.Classes is null ? "model.json" : Path.GetFileName(bundle.Classes.Path);
        if ((isOwn || bundle.Classes is not null) && bundle.Manifest.Classes is { } names && names.Count != classes)
            throw classifier.Mismatch(classifier.Output, $"{names.Count} classes, as {source} names",
                $"correct the classes in {source}, or give the classifier that they belong to");
    }

    static InputException Missing(Bundle bundle) =>
        new(new("bundle-incomplete", "the bundle has no classifier")
        {
            Where = bundle.Where,
            Found = "no 'classifier'",
            Expected = "the classifier's file",
            Fix = "add it to model.json, or give it with --classifier",
        });
}
