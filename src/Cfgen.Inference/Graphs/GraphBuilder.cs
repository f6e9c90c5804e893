using Cfgen.Autodiff;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Preparation;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Graphs;

/// <summary>
/// Composes generator, preprocessing, classifier and objective into the gradient graph, and preprocessing and classifier
/// into the graph that classifies a picture. Every contract between the parts is checked here, before the runtime sees them.
/// </summary>
public static class GraphBuilder
{
    /// <summary>Builds both graphs for a bundle.</summary>
    /// <exception cref="CfgenException">A model is unreadable, does not fit, or has no gradient.</exception>
    public static (ModelProto Gradient, ModelProto Classify, GraphFacts Facts) Build(Bundle bundle, ObjectiveSpec objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        GraphParts parts = GraphParts.Load(bundle);
        ModelProto gradient = GradientCompiler.Compile(Compose(parts, objective), parts.Name, (prepared, types) =>
        {
            PartContracts.CheckImage(parts.Generator, types.GetValueOrDefault(GraphNames.Image), bundle.Manifest.Image);
            PartContracts.CheckLogits(parts.Classifier.Model, types.GetValueOrDefault(GraphNames.Logits), parts.Classifier.Classes);
            Describe(prepared, types);
            return new(GraphNames.Score) { Gradients = new Dictionary<string, string> { [GraphNames.Ws] = GraphNames.Gradient } };
        });
        ModelProto classify = BuildClassify(parts.Classifier, bundle.Manifest.Image, parts.Opset);
        return (gradient, classify, parts.Facts() with { Memory = MemoryEstimate.OfSearch(gradient, classify, bundle) });
    }

    /// <summary>Only the graph that classifies a picture, and the facts: for a gradient graph made elsewhere, perhaps because ours cannot
    /// be.</summary>
    /// <exception cref="CfgenException">A model is unreadable or does not fit.</exception>
    internal static (ModelProto Classify, GraphFacts Facts) BuildWithoutGradient(Bundle bundle)
    {
        GraphParts parts = GraphParts.Load(bundle);
        return (BuildClassify(parts.Classifier, bundle.Manifest.Image, parts.Opset), parts.Facts());
    }

    /// <summary>The graph that classifies a picture, made of the classifier alone.</summary>
    /// <param name="bundle">With classifier.</param>
    /// <exception cref="CfgenException">The classifier is unreadable or does not fit.</exception>
    internal static (ModelProto Classify, ClassifierPart Classifier) BuildClassifier(Bundle bundle)
    {
        ClassifierPart classifier = ClassifierPart.Load(bundle);
        return (BuildClassify(classifier, bundle.Manifest.Image,
            Math.Max(ModelPreparation.LowestOpset, classifier.Model.Model.StandardOpset())), classifier);
    }

    /// <summary>From codes to score, probability, logits and picture, in one graph.</summary>
    static ModelProto Compose(GraphParts parts, ObjectiveSpec objective)
    {
        (ImageSpec spec, ClassifierPart classifier) = (parts.Bundle.Manifest.Image, parts.Classifier);
        (int numWs, int wDim, _) = PartContracts.LatentShape(parts.Generator);
        ModelComposer composer = new("counterfactual_gradient", parts.Opset);
        string image = AppendGenerator(composer, parts.Generator, numWs, wDim, parts.Batch);
        DeclareInput(composer.Model, GraphNames.Target, DataType.Int64, parts.Batch);
        GraphWriter ops = new(composer.Model, "objective/");
        if (objective.Views.Count == 1)
        {
            string logits = classifier.Append(composer, image, spec).Logits;
            (string score, string probability) = ObjectiveNodes.Append(ops, logits, GraphNames.Target, classifier, objective);
            NameOutputs(composer.Model, ops, (image, GraphNames.Image), (logits, GraphNames.Logits), (score, GraphNames.Score),
                (probability, GraphNames.Probability));
        }
        else
        {
            ViewedObjective viewed = ViewedObjective.Append(composer, ops, image, parts, objective);
            NameOutputs(composer.Model, ops, (image, GraphNames.Image), (viewed.Logits, GraphNames.Logits),
                (viewed.Score, GraphNames.Score), (viewed.Probability, GraphNames.Probability), (viewed.Views, GraphNames.Views));
        }
        return composer.Model;
    }

    static ModelProto BuildClassify(ClassifierPart classifier, ImageSpec image, int opset)
    {
        ModelComposer classify = new("classify", opset);
        DeclareInput(classify.Model, GraphNames.Image, DataType.Float, classifier.Model.Input.Shape?[0], image.Channels, image.Height,
            image.Width);
        (string output, string logits) = classifier.Append(classify, GraphNames.Image, image);
        GraphWriter ops = new(classify.Model, "objective/");
        string probabilities = classifier.HasLabels ? ops.Sigmoid(logits) : ops.Softmax(logits, 1);
        NameOutputs(classify.Model, ops, (logits, GraphNames.Logits), (probabilities, GraphNames.Probability));
        if (output != logits) NameOutputs(classify.Model, ops, (output, GraphNames.Output));
        // What a loop makes may be known only when it runs.
        Describe(classify.Model, ModelTypes.Read(classify.Model, classifier.Model.Path));
        return classify.Model;
    }

    /// <summary>Declares the codes, appends the generator and returns the name that its image got.</summary>
    internal static string AppendGenerator(ModelComposer composer, ModelPart generator, int numWs, int wDim, long? batch)
    {
        DeclareInput(composer.Model, GraphNames.Ws, DataType.Float, batch, numWs, wDim);
        string ws = generator.Input.Shape!.Count == 2
            ? new GraphWriter(composer.Model, "code/").Reshape(GraphNames.Ws, AddShape(composer.Model, -1, wDim)) : GraphNames.Ws;
        return Append(composer, generator, "synthesis/", ws);
    }

    /// <summary>Appends a part and returns the name that its output got.</summary>
    /// <param name="composer">Gets the nodes.</param>
    /// <param name="part">The part.</param>
    /// <param name="prefix">Of its names.</param>
    /// <param name="input">What it is fed.</param>
    /// <param name="weights">Prefix of an earlier copy whose weights it shares; null for weights of its own.</param>
    internal static string Append(ModelComposer composer, ModelPart part, string prefix, string input, string? weights = null)
    {
        try
        {
            return composer.Append(part.Model, prefix, new Dictionary<string, string> { [part.Input.Name] = input },
                weights)[part.Output.Name];
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException(e.Problem with { Where = $"{part.Path}, {e.Problem.Where}" }, e);
        }
    }

    /// <summary>What <c>model.json</c> says of its own file; null for a model given in its place, which it knows nothing about.</summary>
    internal static ModelFileSpec? Spec(BundleFile file, Bundle bundle, ModelFileSpec? spec) =>
        spec is not null && file.Path == Path.Combine(bundle.Folder, spec.File) ? spec : null;

    internal static void NameOutputs(ModelProto model, GraphWriter ops, params ReadOnlySpan<(string Value, string Name)> outputs)
    {
        foreach ((string value, string name) in outputs)
        {
            ops.Rename(value, name);
            model.Graph.Output.Add(new ValueInfoProto { Name = name });
        }
    }

    /// <summary>Declares the outputs whose types are known; of the others the runtime finds out.</summary>
    internal static void Describe(ModelProto model, IReadOnlyDictionary<string, TensorType> types)
    {
        foreach (ValueInfoProto output in model.Graph.Output)
        {
            if (types.TryGetValue(output.Name, out TensorType? type)) output.Type = GradientGraph.Describe(output.Name, type).Type;
        }
    }

    internal static void DeclareInput(ModelProto model, string name, DataType type, long? batch, params ReadOnlySpan<long> rest)
    {
        List<Dimension> shape = [batch is { } fixedBatch ? fixedBatch : new Dimension(1, 0)];
        foreach (long d in rest) shape.Add(d);
        model.Graph.Input.Add(GradientGraph.Describe(name, new(type, shape)));
    }

    static string AddShape(ModelProto model, params ReadOnlySpan<long> lengths) => new GraphWriter(model, "code/").Longs(lengths);
}
