using Cfgen.Autodiff;
using Cfgen.Inference.Bundles;
using Cfgen.Inference.Preparation;
using Cfgen.Inference.Runtime;
using Cfgen.OnnxFormat;
using DataType = Cfgen.OnnxFormat.TensorProto.Types.DataType;

namespace Cfgen.Inference.Graphs;

/// <summary>
/// Composes generator, preprocessing, classifier and objective into the gradient graph, and preprocessing and classifier
/// into the graph that judges a picture. Every contract between the parts is checked here, before the runtime sees them.
/// </summary>
public static class GraphBuilder
{
    /// <summary>Builds both graphs for a bundle.</summary>
    /// <exception cref="CfgenException">A model is unreadable, does not fit, or has no gradient.</exception>
    public static (ModelProto Gradient, ModelProto Classify, GraphFacts Facts) Build(Bundle bundle, ObjectiveKind objective, bool increase)
    {
        (ModelProto forward, IReadOnlyDictionary<string, TensorType> types, ModelProto classify, GraphFacts facts) = Compose(bundle, objective, increase);
        try
        {
            (forward, types) = ModulatedConvolutions.ScalePictures(forward, types, Name(bundle));
            ModelProto gradient = GradientGraph.Differentiate(forward, new(GraphNames.Score) { Gradients = new Dictionary<string, string> { [GraphNames.Ws] = GraphNames.Gradient } }, types);
            ExecutionOrder.Keep(gradient.Graph);
            return (gradient, classify, facts with { Memory = MemoryEstimate.OfSearch(gradient, classify, bundle) });
        }
        catch (NotDifferentiableException e)
        {
            throw new NotDifferentiableException(e.Problem with { Where = $"{Name(bundle)}, {e.Problem.Where}" });
        }
    }

    /// <summary>Only the graph that judges a picture, and the facts: for a gradient graph made elsewhere, perhaps because ours cannot be.</summary>
    /// <exception cref="CfgenException">A model is unreadable or does not fit.</exception>
    internal static (ModelProto Classify, GraphFacts Facts) BuildWithoutGradient(Bundle bundle)
    {
        (_, _, ModelProto classify, GraphFacts facts) = Compose(bundle, ObjectiveKind.LogProbability, increase: true);
        return (classify, facts);
    }

    /// <summary>The graph that judges a picture, made of the classifier alone.</summary>
    /// <param name="bundle">With classifier.</param>
    /// <exception cref="CfgenException">The classifier is unreadable or does not fit.</exception>
    internal static (ModelProto Classify, ClassifierPart Classifier) BuildClassifier(Bundle bundle)
    {
        ClassifierPart classifier = ClassifierPart.Load(bundle);
        return (BuildClassify(classifier, bundle.Manifest.Image,
            Math.Max(ModelPreparation.LowestOpset, classifier.Model.Model.StandardOpset())), classifier);
    }

    static (ModelProto Forward, IReadOnlyDictionary<string, TensorType> Types, ModelProto Classify, GraphFacts Facts) Compose(Bundle bundle, ObjectiveKind objective, bool increase)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ModelManifest manifest = bundle.Manifest;
        ModelPart generator = ModelPart.Load(bundle.Generator, Spec(bundle.Generator, bundle, manifest.Generator.Synthesis));
        PartContracts.CheckOpset(generator);
        PartContracts.CheckGeneratorOutput(generator, manifest.Image);
        ClassifierPart classifier = ClassifierPart.Load(bundle);
        (int numWs, int wDim, long? batch) = PartContracts.LatentShape(generator);
        batch ??= classifier.Model.Input.Shape?[0];

        int opset = new[] { ModelPreparation.LowestOpset, generator.Model.StandardOpset(), classifier.Model.Model.StandardOpset() }.Max();
        ModelComposer gradient = new("counterfactual_gradient", opset);
        string image = AppendGenerator(gradient, generator, numWs, wDim, batch);
        DeclareInput(gradient.Model, GraphNames.Target, DataType.Int64, batch);
        string logits = classifier.Append(gradient, image, manifest.Image).Logits;
        GraphWriter ops = new(gradient.Model, "objective/");
        (string score, string probability) =
            ObjectiveNodes.Append(ops, logits, GraphNames.Target, classifier.Classes, classifier.HasLabels, objective, increase);
        NameOutputs(gradient.Model, ops, (image, GraphNames.Image), (logits, GraphNames.Logits), (score, GraphNames.Score), (probability, GraphNames.Probability));

        (ModelProto forward, IReadOnlyDictionary<string, TensorType> types) = ModelPreparation.Prepare(gradient.Model, Name(bundle));
        PartContracts.CheckImage(generator, types.GetValueOrDefault(GraphNames.Image), manifest.Image);
        PartContracts.CheckLogits(classifier.Model, types.GetValueOrDefault(GraphNames.Logits), classifier.Classes);
        Describe(forward, types);

        GraphFacts facts = new()
        {
            NumWs = numWs,
            WDim = wDim,
            Classes = classifier.Classes,
            Kind = classifier.Kind,
            BatchIsFree = batch is null,
            Notes = [.. generator.Notes, .. classifier.Notes],
        };
        return (forward, types, BuildClassify(classifier, manifest.Image, opset), WithEncoder(facts, bundle));
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
        string ws = generator.Input.Shape!.Count == 2 ? new GraphWriter(composer.Model, "code/").Reshape(GraphNames.Ws, AddShape(composer.Model, -1, wDim)) : GraphNames.Ws;
        return Append(composer, generator, "synthesis/", ws);
    }

    /// <summary>Appends a part and returns the name that its output got.</summary>
    internal static string Append(ModelComposer composer, ModelPart part, string prefix, string input)
    {
        try
        {
            return composer.Append(part.Model, prefix, new Dictionary<string, string> { [part.Input.Name] = input })[part.Output.Name];
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException(e.Problem with { Where = $"{part.Path}, {e.Problem.Where}" }, e);
        }
    }

    static GraphFacts WithEncoder(GraphFacts facts, Bundle bundle)
    {
        if (bundle.Encoder is null) return facts;
        ModelPart encoder = ModelPart.Load(bundle.Encoder, Spec(bundle.Encoder, bundle, bundle.Manifest.Encoder));
        bool everyLayer = PartContracts.EncodesEveryLayer(encoder, bundle.Manifest.Image, facts.NumWs, facts.WDim);
        return facts with
        {
            EncoderInput = encoder.Input.Name,
            EncoderOutput = encoder.Output.Name,
            EncodesEveryLayer = everyLayer,
            Notes = [.. facts.Notes, .. encoder.Notes],
        };
    }

    /// <summary>What <c>model.json</c> says of its own file; null for a model given in its place, which it knows nothing about.</summary>
    internal static ModelFileSpec? Spec(BundleFile file, Bundle bundle, ModelFileSpec? spec) => spec is not null && file.Path == Path.Combine(bundle.Folder, spec.File) ? spec : null;

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

    static string Name(Bundle bundle) => $"{bundle.Generator.Path} with {bundle.Classifier!.Path}";
}
