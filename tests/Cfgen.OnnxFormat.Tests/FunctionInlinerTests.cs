using Cfgen.OnnxFormat.Normalisation;
using AttributeType = Cfgen.OnnxFormat.AttributeProto.Types.AttributeType;

namespace Cfgen.OnnxFormat.Tests;

public sealed class FunctionInlinerTests
{
    const string Domain = "local";

    static NodeProto Call(string function, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        NodeProto node = Models.Node(function, inputs, outputs, attributes);
        node.Domain = Domain;
        return node;
    }

    static FunctionProto Function(string name, string[] inputs, string[] outputs, NodeProto[] nodes, int opset = 17) =>
        new()
        {
            Domain = Domain,
            Name = name,
            Input = { inputs },
            Output = { outputs },
            Node = { nodes },
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = opset } },
        };

    static ModelProto Model(NodeProto[] nodes, params FunctionProto[] functions)
    {
        ModelProto model = Models.Of(17, nodes, Models.Floats("weight", 1, 2));
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = Domain, Version = 1 });
        model.Functions.AddRange(functions);
        return model;
    }

    static ModelProto Inlined(ModelProto model)
    {
        ModelProto before = model.Clone(), inlined = FunctionInliner.Inline(model);
        Assert.Equal(before, model);
        Assert.Empty(inlined.Functions);
        Assert.DoesNotContain(inlined.Graph.Node, n => n.Domain == Domain);
        Models.AssertWellFormed(inlined.Graph);
        return inlined;
    }

    static AttributeProto Number(string name, float value) => new() { Name = name, Type = AttributeType.Float, F = value };

    static AttributeProto Reference(string name, string of) => new() { Name = name, Type = AttributeType.Float, RefAttrName = of };

    static FunctionProto Leaky(params NodeProto[] nodes)
    {
        FunctionProto leaky = Function(
            "Leaky", ["a"], ["b"], nodes.Length > 0 ? nodes : [Models.Node("LeakyRelu", ["a"], ["b"], Reference("alpha", "slope"))]);
        leaky.AttributeProto.Add(Number("slope", 0.5f));
        return leaky;
    }

    [Fact]
    public void A_model_without_functions_is_given_back_itself()
    {
        ModelProto model = Models.Small();
        Assert.Same(model, FunctionInliner.Inline(model));
    }

    [Fact]
    public void A_call_becomes_the_body_with_the_callers_values()
    {
        FunctionProto function =
            Function("AddNeg", ["a", "b"], ["c"], [Models.Node("Add", ["a", "b"], ["t"]), Models.Node("Neg", ["t"], ["c"])]);
        NodeProto[] nodes = [
            .. Inlined(Model([Call("AddNeg", ["x", "weight"], ["m"]), Call("AddNeg", ["m", "x"], ["y"])], function)).Graph.Node
        ];
        Assert.Equal(["Add", "Neg", "Add", "Neg"], nodes.Select(n => n.OpType));
        Assert.Equal(["x", "weight"], nodes[0].Input);
        Assert.Equal(["m"], nodes[1].Output);
        Assert.Equal(["m", "x"], nodes[2].Input);
        Assert.Equal(["y"], nodes[3].Output);
        Assert.NotEqual(nodes[0].Output, nodes[2].Output);
    }

    [Fact]
    public void Functions_may_call_functions()
    {
        FunctionProto inner = Function("Inner", ["t"], ["u"], [Models.Node("Abs", ["t"], ["s"]), Models.Node("Neg", ["s"], ["u"])]);
        FunctionProto outer = Function("Outer", ["t"], ["u"], [Call("Inner", ["t"], ["s"]), Call("Inner", ["s"], ["u"])]);
        Assert.Equal(
            ["Abs", "Neg", "Abs", "Neg"], Inlined(Model([Call("Outer", ["x"], ["y"])], outer, inner)).Graph.Node.Select(n => n.OpType));
    }

    [Fact]
    public void An_attribute_comes_from_the_call_else_from_the_default()
    {
        float[] slopes = [.. Inlined(Model(
            [Call("Leaky", ["x"], ["m"]), Call("Leaky", ["m"], ["y"], Number("slope", 0.25f))],
            Leaky())).Graph.Node.Select(n => n.Attribute.Single().F)];
        Assert.Equal([0.5f, 0.25f], slopes);
    }

    [Fact]
    public void An_attribute_is_handed_on_from_call_to_call()
    {
        FunctionProto outer = Function("Outer", ["a"], ["b"], [Call("Leaky", ["a"], ["b"], Reference("slope", "steepness"))]);
        AttributeProto alpha =
            Inlined(Model([Call("Outer", ["x"], ["y"], Number("steepness", 2))], outer, Leaky())).Graph.Node.Single().Attribute.Single();
        Assert.Equal(("alpha", 2f, ""), (alpha.Name, alpha.F, alpha.RefAttrName));
    }

    [Fact]
    public void A_reference_without_value_is_left_out()
    {
        FunctionProto function = Function("Leaky", ["a"], ["b"], [Models.Node("LeakyRelu", ["a"], ["b"], Reference("alpha", "slope"))]);
        Assert.Empty(Inlined(Model([Call("Leaky", ["x"], ["y"])], function)).Graph.Node.Single().Attribute);
    }

    [Fact]
    public void Inputs_and_outputs_left_out_stay_left_out()
    {
        FunctionProto function = Function(
            "Limit", ["a", "low", "high"], ["b", "c"],
            [Models.Node("Clip", ["a", "low", "high"], ["b"]), Models.Node("Neg", ["b"], ["c"])]);
        NodeProto[] nodes = [
            .. Inlined(Model([Call("Limit", ["x"], ["", "m"]), Call("Limit", ["m", "", "weight"], ["y"])], function)).Graph.Node
        ];
        Assert.Equal(["x", "", ""], nodes[0].Input);
        Assert.Equal(["m"], nodes[1].Output);
        Assert.Equal(["m", "", "weight"], nodes[2].Input);
        Assert.Equal(["y"], nodes[2].Output);
    }

    [Fact]
    public void A_name_that_the_graph_has_already_is_not_made_twice()
    {
        FunctionProto function =
            Function("F", ["x"], ["y"], [Models.Node("Abs", ["x"], ["weight"]), Models.Node("Neg", ["weight"], ["y"])]);
        NodeProto[] graph = [
            Models.Node("Relu", ["x"], ["make_m/0/weight"]), Call("F", ["make_m/0/weight"], ["m"]),
            Models.Node("Add", ["m", "weight"], ["y"])
        ];
        NodeProto[] nodes = [.. Inlined(Model(graph, function)).Graph.Node];
        Assert.Equal(["make_m/0/weight"], nodes[1].Input);
        Assert.Equal(nodes[1].Output, nodes[2].Input);
    }

    [Fact]
    public void An_output_that_is_an_input_or_another_output_is_copied()
    {
        FunctionProto function = Function("Twice", ["a"], ["a", "b", "b"], [Models.Node("Neg", ["a"], ["b"])]);
        NodeProto[] nodes = [
            .. Inlined(Model([Call("Twice", ["x"], ["p", "q", "r"]), Models.Node("Sum", ["p", "q", "r"], ["y"])], function)).Graph.Node
        ];
        Assert.Equal(["Neg x q", "Identity x p", "Identity q r"], nodes.Take(3).Select(n => $"{n.OpType} {n.Input[0]} {n.Output[0]}"));
    }

    [Fact]
    public void A_call_in_a_body_is_replaced_there()
    {
        NodeProto branch = Models.Node(
            "If", ["x"], ["y"], Models.Body("then_branch", Models.Body("t", Call("Leaky", ["x"], ["t"]))),
            Models.Body("else_branch", Models.Body("e", Models.Node("Neg", ["x"], ["e"]))));
        GraphProto body = Inlined(Model([branch], Leaky())).Graph.Node.Single().Attribute[0].G;
        Assert.Equal("LeakyRelu", body.Node.Single().OpType);
        Assert.Equal(body.Output[0].Name, body.Node[0].Output[0]);
    }

    [Fact]
    public void A_body_in_a_function_sees_its_values_and_attributes()
    {
        GraphProto then = Models.Body("t", Call("Inner", ["a"], ["t"], Reference("slope", "slope")));
        NodeProto branch = Models.Node(
            "If", ["c"], ["b"], Models.Body("then_branch", then),
            Models.Body("else_branch", Models.Body("t", Models.Node("Neg", ["m"], ["t"]))));
        FunctionProto inner = Leaky();
        inner.Name = "Inner";
        ModelProto model =
            Model([Call("Leaky", ["x"], ["y"])], Leaky(Models.Node("Abs", ["a"], ["m"]), Models.Node("Cast", ["a"], ["c"]), branch), inner);
        NodeProto node = Inlined(model).Graph.Node[2];
        Assert.Equal(("If", "y", "x"), (node.OpType, node.Output[0], node.Attribute[0].G.Node[0].Input[0]));
        Assert.Equal(0.5f, node.Attribute[0].G.Node[0].Attribute.Single().F);
    }

    [Fact]
    public void A_graph_handed_over_as_an_attribute_keeps_the_callers_names()
    {
        AttributeProto reference = new() { Name = "then_branch", Type = AttributeType.Graph, RefAttrName = "what" };
        FunctionProto function = Function("Maybe", ["weight"], ["b"], [Models.Node(
            "If", ["weight"], ["b"], reference, Models.Body("else_branch", Models.Body("e", Models.Node("Neg", ["weight"], ["e"]))))]);
        NodeProto node =
            Inlined(Model(
                [Call("Maybe", ["x"], ["y"], Models.Body("what", Models.Body("t", Models.Node("Abs", ["weight"], ["t"]))))],
                function)).Graph.Node.Single();
        Assert.Equal("weight", node.Attribute.Single(a => a.Name == "then_branch").G.Node[0].Input[0]);
        Assert.Equal("x", node.Attribute.Single(a => a.Name == "else_branch").G.Node[0].Input[0]);
    }

    [Fact]
    public void A_function_of_an_older_opset_is_raised_with_the_attributes_of_its_call()
    {
        AttributeProto axes = new() { Name = "axes", Type = AttributeType.Ints, RefAttrName = "over" };
        FunctionProto function = Function("Mean", ["a"], ["b"], [Models.Node("ReduceMean", ["a"], ["b"], axes)], opset: 13);
        ModelProto model =
            Model([Call("Mean", ["x"], ["m"], Models.Ints("over", 1)), Call("Mean", ["m"], ["y"], Models.Ints("over", 2))], function);
        model.OpsetImport[0].Version = 18;
        GraphProto graph = Inlined(model).Graph;
        NodeProto[] means = [.. graph.Node.Where(n => n.OpType == "ReduceMean")];
        Assert.Equal([1, 2], means.Select(n => graph.Constants()[n.Input[1]].ToLongs().Single()));
    }

    [Fact]
    public void A_function_of_a_newer_opset_brings_the_model_to_it()
    {
        ModelProto inlined = Inlined(Model(
            [Models.Node("ReduceMax", ["x"], ["m"], Models.Ints("axes", 0)), Call("F", ["m"], ["y"])],
            Function("F", ["a"], ["b"], [Models.Node("Neg", ["a"], ["b"])], opset: 20)));
        Assert.Equal(20, inlined.StandardOpset());
        Assert.Equal(2, inlined.Graph.Node[0].Input.Count);
    }

    [Fact]
    public void Operators_that_only_bodies_use_are_imported()
    {
        FunctionProto function = Function("F", ["a"], ["b"], [Models.Node("Neg", ["a"], ["b"])]);
        function.OpsetImport.Add(new OperatorSetIdProto { Domain = "other", Version = 3 });
        ModelProto model = Model([Call("F", ["x"], ["y"])], function);
        model.OpsetImport.RemoveAt(0);
        ModelProto inlined = Inlined(model);
        Assert.Equal(17, inlined.StandardOpset());
        Assert.Equal(3, inlined.OpsetImport.Single(o => o.Domain == "other").Version);
    }

    [Fact]
    public void Overloads_are_told_apart()
    {
        FunctionProto one = Function("F", ["a"], ["b"], [Models.Node("Abs", ["a"], ["b"])]),
            two = Function("F", ["a"], ["b"], [Models.Node("Neg", ["a"], ["b"])]);
        two.Overload = "second";
        NodeProto call = Call("F", ["m"], ["y"]);
        call.Overload = "second";
        Assert.Equal(["Abs", "Neg"], Inlined(Model([Call("F", ["x"], ["m"]), call], one, two)).Graph.Node.Select(n => n.OpType));
    }

    [Fact]
    public void The_same_function_twice_is_refused()
    {
        FunctionProto function = Function("F", ["a"], ["b"], [Models.Node("Abs", ["a"], ["b"])]);
        Assert.Equal("function-twice", Refused(Model([Call("F", ["x"], ["y"])], function, function.Clone())).Code);
    }

    [Fact]
    public void A_function_that_calls_itself_is_refused()
    {
        FunctionProto ping = Function("Ping", ["a"], ["b"], [Call("Pong", ["a"], ["t"]), Call("Pong", ["t"], ["b"])]),
            pong = Function("Pong", ["a"], ["b"], [Call("Ping", ["a"], ["b"])]);
        Problem problem = Refused(Model([Call("Ping", ["x"], ["y"])], ping, pong));
        Assert.Equal(("functions-too-large", "a function that calls itself"), (problem.Code, problem.Found));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Calls_without_end_are_refused_before_anything_is_built(bool empty)
    {
        // F0 to F60, each calling the next twice: 2^60 nodes, or 2^60 calls of a function without any.
        FunctionProto[] functions = [.. Enumerable.Range(0, 60)
            .Select(i => Function($"F{i}", ["a"], ["b"], [Call($"F{i + 1}", ["a"], ["t"]), Call($"F{i + 1}", ["t"], ["b"])]))];
        FunctionProto last = Function("F60", ["a"], empty ? ["a"] : ["b"], empty ? [] : [Models.Node("Neg", ["a"], ["b"])]);
        ModelProto model = Model([Call("F0", ["x"], ["y"])], [.. functions, last]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("more than 1000000 nodes", Refused(model).Found);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(FunctionInliner.MaxDepth, true)]
    [InlineData(FunctionInliner.MaxDepth + 1, false)]
    [InlineData(50_000, false)]
    public void Calls_may_be_as_deep_as_the_limit(int depth, bool allowed)
    {
        FunctionProto[] functions = [.. Enumerable.Range(1, depth).Select(i => Function(
            $"F{i}", ["a"], ["b"], [i < depth ? Call($"F{i + 1}", ["a"], ["b"]) : Models.Node("Neg", ["a"], ["b"])]))];
        ModelProto model = Model([Call("F1", ["x"], ["y"])], functions);
        if (allowed) Assert.Equal("Neg", Inlined(model).Graph.Node.Single().OpType);
        else Assert.Equal("calls more than 64 deep", Refused(model).Found);
    }

    [Theory]
    [InlineData(15, 2, true)]
    [InlineData(15, 3, false)]
    [InlineData(30, FunctionInliner.MaxDepth, false)]
    public void Bodies_of_functions_called_within_bodies_add_up(int bodies, int functions, bool allowed)
    {
        // Each function asks a flag that many times before it calls the next one.
        NodeProto Within(NodeProto node, int depth) =>
            depth == 0 ? node : Models.Node("If", ["flag"], ["b"], Models.Body("then_branch", Models.Body("b", Within(node, depth - 1))));
        FunctionProto[] chain = [.. Enumerable.Range(1, functions).Select(i => Function(
            $"F{i}", ["a", "flag"], ["b"],
            [Within(i < functions ? Call($"F{i + 1}", ["a", "flag"], ["b"]) : Models.Node("Neg", ["a"], ["b"]), bodies)]))];
        ModelProto model = Model(
            [Models.Node("Cast", ["x"], ["flag"], new AttributeProto { Name = "to", I = 9 }), Call("F1", ["x", "flag"], ["y"])], chain);
        if (allowed) Assert.Equal("If", FunctionInliner.Inline(model).Graph.Node[^1].OpType);
        else Assert.EndsWith("inside each other", RefusedOnASmallStack(model).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Graphs_given_as_attributes_add_up_too()
    {
        // Each function hands the next one its graph within a further body.
        AttributeProto given = new() { Name = "given", Type = AttributeType.Graph, RefAttrName = "given" };
        AttributeProto branch = new() { Name = "then_branch", Type = AttributeType.Graph, RefAttrName = "given" };
        FunctionProto Step(int i, NodeProto node) => new(Function($"F{i}", ["flag"], ["b"], [node])) { Attribute = { "given" } };
        AttributeProto Wrapped() => Models.Body("given", Models.Body("b", Models.Node("If", ["flag"], ["b"], branch)));
        FunctionProto[] chain = [.. Enumerable.Range(1, 40)
            .Select(i => Step(i, i < 40 ? Call($"F{i + 1}", ["flag"], ["b"], Wrapped()) : Models.Node("If", ["flag"], ["b"], branch)))];
        NodeProto first = Call("F1", ["flag"], ["y"], given.Clone());
        first.Attribute[0] = Models.Body("given", Models.Body("b", Models.Node("Neg", ["x"], ["b"])));
        Assert.Equal(
            "bodies more than 30 inside each other",
            RefusedOnASmallStack(Model(
                [Models.Node("Cast", ["x"], ["flag"], new AttributeProto { Name = "to", I = 9 }), first], chain)).Found);
    }

    /// <summary>As <see cref="Refused"/> on the smallest stack that a thread of the pool has anywhere.</summary>
    static Problem RefusedOnASmallStack(ModelProto model)
    {
        Problem? problem = null;
        Thread thread = new(() => problem = Refused(model), 512 << 10);
        thread.Start();
        thread.Join();
        return problem!;
    }

    static Problem Refused(ModelProto model) => Assert.Throws<ModelFormatException>(() => FunctionInliner.Inline(model)).Problem;
}
