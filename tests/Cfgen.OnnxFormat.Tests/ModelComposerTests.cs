namespace Cfgen.OnnxFormat.Tests;

public sealed class ModelComposerTests
{
    static ModelComposer Composer(int opset = 17)
    {
        ModelComposer composer = new("whole", opset);
        composer.Model.Graph.Input.Add(Models.Value("image"));
        return composer;
    }

    static Dictionary<string, string> Feed(string value) => new() { ["x"] = value };

    static NodeProto Maker(ModelComposer composer, string value) => composer.Model.Graph.Node.Single(n => n.Output.Contains(value));

    static FunctionProto Function(string opType) =>
        new() { Domain = "local", Name = "f", Input = { "p" }, Output = { "q" }, Node = { Models.Node(opType, ["p"], ["q"]) } };

    [Fact]
    public void Two_parts_of_the_same_names_are_joined()
    {
        ModelComposer composer = Composer();
        string middle = composer.Append(Models.Small(), "a/", Feed("image"))["y"];
        string end = composer.Append(Models.Small(), "b/", Feed(middle))["y"];
        composer.Model.Graph.Output.Add(Models.Value(end));

        Assert.Equal(("a/y", "b/y"), (middle, end));
        Assert.Equal(["image", "a/weight"], Maker(composer, "a/y").Input);
        Assert.Equal(["a/y", "b/weight"], Maker(composer, "b/y").Input);
        Assert.Equal(["a/make_y", "b/make_y"], composer.Model.Graph.Node.Select(n => n.Name));
        Assert.Equal(["a/weight", "b/weight"], composer.Model.Graph.Initializer.Select(t => t.Name));
        Models.AssertWellFormed(composer.Model.Graph);
    }

    [Fact]
    public void The_part_is_not_changed()
    {
        ModelProto part = Models.Small();
        Composer(18).Append(part, "a/", Feed("image"));
        Assert.Equal(Models.Small(), part);
    }

    [Fact]
    public void A_real_model_is_joined_with_another()
    {
        ModelComposer composer = Composer(21);
        ModelProto generator = OnnxFile.Parse(Models.DigitsBytes("generator"), "generator"),
            classifier = OnnxFile.Parse(Models.DigitsBytes("classifier"), "classifier");

        string image =
            composer.Append(
                generator, "synthesis/",
                new Dictionary<string, string> { [generator.Graph.FedInputs().Single().Name] = "image" }).Values.First();
        string logits =
            composer.Append(
                classifier, "classifier/",
                new Dictionary<string, string> { [classifier.Graph.FedInputs().Single().Name] = image }).Values.First();

        composer.Model.Graph.Output.Add(Models.Value(logits));
        Assert.Equal(generator.Graph.Node.Count + classifier.Graph.Node.Count, composer.Model.Graph.Node.Count);
        Models.AssertWellFormed(composer.Model.Graph);
    }

    [Fact]
    public void Outputs_that_are_inputs_or_initializers_are_told_by_their_value()
    {
        ModelProto part = Models.Small();
        part.Graph.Output.AddRange([Models.Value("x"), Models.Value("weight")]);
        IReadOnlyDictionary<string, string> outputs = Composer().Append(part, "a/", Feed("image"));
        Assert.Equal(("image", "a/weight", "a/y"), (outputs["x"], outputs["weight"], outputs["y"]));
    }

    [Fact]
    public void An_output_that_nothing_makes_is_refused()
    {
        ModelProto part = Models.Small();
        part.Graph.Output.Add(Models.Value("nowhere"));
        Problem problem = Assert.Throws<ModelFormatException>(() => Composer().Append(part, "a/", Feed("image"))).Problem;
        Assert.Equal(("output-not-made", "output 'nowhere'"), (problem.Code, problem.Where));
    }

    [Fact]
    public void An_initializer_that_the_caller_feeds_is_left_out()
    {
        ModelComposer composer = Composer();
        composer.Append(Models.Small(), "a/", new Dictionary<string, string> { ["x"] = "image", ["weight"] = "image" });
        Assert.Empty(composer.Model.Graph.Initializer);
        Assert.Equal(["image", "image"], Maker(composer, "a/y").Input);
    }

    [Fact]
    public void Names_left_out_stay_left_out()
    {
        ModelComposer composer = Composer();
        composer.Append(Models.Of(17, [Models.Node("Clip", ["x", "", "max"], ["y", ""])], Models.Floats("max", 1)), "a/", Feed("image"));
        Assert.Equal(["image", "", "a/max"], Maker(composer, "a/y").Input);
        Assert.Equal(["a/y", ""], Maker(composer, "a/y").Output);
    }

    [Fact]
    public void What_a_body_takes_from_around_it_is_renamed_and_its_own_names_are_not()
    {
        GraphProto inner = Models.Body("i", Models.Node("Add", ["weight", "own"], ["i"]));
        GraphProto then = Models.Body(
            "t", Models.Node("If", ["x"], ["deep"], Models.Body("then_branch", inner)), Models.Node("Add", ["deep", "own"], ["t"]));
        then.Initializer.Add(Models.Floats("own", 1));
        GraphProto otherwise = Models.Body("weight");
        ModelComposer composer = Composer();

        composer.Append(
            Models.Of(17, [Models.Node("If", ["x"], ["y"], Models.Body("then_branch", then), Models.Body("else_branch", otherwise))],
                Models.Floats("weight", 1)),
            "a/", Feed("image"));

        NodeProto node = Maker(composer, "a/y");
        GraphProto body = node.Attribute[0].G;
        Assert.Equal(["image"], body.Node[0].Input);
        Assert.Equal(["a/weight", "own"], body.Node[0].Attribute[0].G.Node[0].Input);
        Assert.Equal(["deep", "own"], body.Node[1].Input);
        Assert.Equal("t", body.Output[0].Name);
        Assert.Equal("a/weight", node.Attribute[1].G.Output[0].Name);
        Models.AssertWellFormed(composer.Model.Graph);
    }

    [Fact]
    public void An_older_part_is_raised()
    {
        ModelComposer composer = Composer(18);
        composer.Append(Models.Of(13, [Models.Node("ReduceMax", ["x"], ["y"], Models.Ints("axes", 1))]), "a/", Feed("image"));

        Assert.Equal(18, composer.Model.StandardOpset());
        Assert.Equal(["image", "a/y/axes"], Maker(composer, "a/y").Input);
        Models.AssertWellFormed(composer.Model.Graph);
    }

    [Fact]
    public void A_newer_part_is_refused() =>
        Assert.Equal(
            "opset-unsupported",
            Assert.Throws<ModelFormatException>(
                () => Composer(17).Append(Models.Of(18, [Models.Node("Neg", ["x"], ["y"])]), "a/", Feed("image"))).Problem.Code);

    [Fact]
    public void Other_domains_are_imported_once()
    {
        ModelProto part = Models.Small();
        part.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.example", Version = 3 });
        ModelComposer composer = Composer();
        composer.Append(part, "a/", Feed("image"));
        composer.Append(part, "b/", Feed("image"));
        Assert.Equal([("", 17L), ("com.example", 3L)], composer.Model.OpsetImport.Select(o => (o.Domain, o.Version)));
    }

    [Fact]
    public void A_function_of_two_parts_is_kept_once()
    {
        ModelProto part = Models.Small();
        part.Functions.Add(Function("Relu"));
        ModelComposer composer = Composer();
        composer.Append(part, "a/", Feed("image"));
        composer.Append(part, "b/", Feed("image"));
        Assert.Equal([Function("Relu")], composer.Model.Functions);
    }

    [Fact]
    public void A_function_of_the_same_name_with_another_body_is_refused()
    {
        ModelProto first = Models.Small(), second = Models.Small();
        first.Functions.Add(Function("Relu"));
        second.Functions.Add(Function("Tanh"));
        ModelComposer composer = Composer();
        composer.Append(first, "a/", Feed("image"));

        Problem problem = Assert.Throws<ModelFormatException>(() => composer.Append(second, "b/", Feed("image"))).Problem;

        Assert.Equal("function-twice", problem.Code);
        Assert.Contains("'local.f'", problem.What, StringComparison.Ordinal);
        Assert.NotNull(problem.Fix);
    }
}
