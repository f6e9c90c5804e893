using Cfgen.Inference.Bundles;
using Cfgen.OnnxFormat;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace Cfgen.Inference.Runtime;

/// <summary>A model loaded into ONNX Runtime. Safe for several threads at once.</summary>
public sealed class ModelSession : IDisposable
{
    /// <summary>Code of the problem of a model that the runtime does not load.</summary>
    internal const string RefusedCode = "model-refused";

    readonly InferenceSession _session;

    ModelSession(InferenceSession session, string name) => (_session, Name) = (session, name);

    /// <summary>What the model is called in errors: usually its path.</summary>
    public string Name { get; }

    /// <summary>Inputs by name.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Inputs => _session.InputMetadata;

    /// <summary>Outputs by name.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Outputs => _session.OutputMetadata;

    /// <summary>Loads a model from its file, external data beside it included.</summary>
    /// <exception cref="ModelContractException">The runtime refuses the model.</exception>
    public static ModelSession FromFile(string path, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Open(path, options => new(path, options), settings, () => OnnxFile.Parse(OnnxFile.ReadAll(path), path));
    }

    /// <summary>Loads a model of a bundle, for float32 where that is asked for; through our own reader where what it writes otherwise
    /// matters to the runtime (<see cref="EmptyInputs"/>).</summary>
    /// <exception cref="CfgenException">The file is no model, or the runtime refuses it.</exception>
    public static ModelSession FromBundle(BundleFile file, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.ComputeFloat32 || EmptyInputs.Matter(file.Path) ? FromModel(file.LoadModel(), file.Path, settings)
            : FromFile(file.Path, settings);
    }

    /// <summary>Loads a model from memory.</summary>
    /// <exception cref="ModelContractException">The runtime refuses the model.</exception>
    public static ModelSession FromModel(ModelProto model, string name, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Open(name, options => new(model.ToByteArray(), options), settings, () => model);
    }

    /// <summary>Runs the model.</summary>
    /// <param name="inputs">Name and value of every input.</param>
    /// <param name="outputs">Names of the outputs wanted, in the order in which they are returned.</param>
    /// <param name="cancellationToken">Stops the run between two operators.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ModelContractException">The runtime failed while running: shapes that do not fit, memory.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(IReadOnlyDictionary<string, OrtValue> inputs, IReadOnlyCollection<string> outputs,
        CancellationToken cancellationToken)
    {
        using RunOptions run = new();
        using CancellationTokenRegistration stop = cancellationToken.Register(static r => ((RunOptions)r!).Terminate = true, run);
        try
        {
            return _session.Run(run, [.. inputs.Keys], [.. inputs.Values], outputs);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelContractException(new("model-run-failed", "ONNX Runtime could not run the model")
            {
                Where = Name,
                Found = RuntimeWords.Of(e),
                Fix = "check that the models fit together with `cfgen inspect`",
            }, e);
        }
    }

    /// <summary>Ends a profile that the settings asked for.</summary>
    /// <returns>The file that the runtime wrote.</returns>
    internal string EndProfiling() => _session.EndProfiling();

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    static ModelSession Open(string name, Func<SessionOptions, InferenceSession> open, SessionSettings settings, Func<ModelProto> model)
    {
        using SessionOptions options = settings.ToOptions();
        try
        {
            return new(open(options), name);
        }
        catch (OnnxRuntimeException e) when (UnknownOperators.Describe(model(), e.Message) is { } operators)
        {
            throw new ModelContractException(new("operators-unknown", "the model uses operators that ONNX Runtime does not have")
            {
                Where = name,
                Found = operators,
                Expected = "operators of ONNX",
                Fix = "export the model without custom operators",
            }, e);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelContractException(new(RefusedCode, "ONNX Runtime refuses the model")
            {
                Where = name,
                Found = RuntimeWords.Of(e),
                Expected = "a model that ONNX Runtime can load",
                Fix = "export it again, or with another opset",
            }, e);
        }
    }
}
