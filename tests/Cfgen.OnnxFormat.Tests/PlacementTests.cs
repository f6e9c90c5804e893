using Cfgen.OnnxFormat.Storage;

namespace Cfgen.OnnxFormat.Tests;

public sealed class PlacementTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_nothing_stood_there_is_no_old_one()
    {
        File.WriteAllText(_folder["new"], "new");
        Assert.Null(Placement.Put(_folder["new"], _folder["target"], _folder["aside"], static _ => { }).Old);
        Assert.Equal(["target"], _folder.Names);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_stood_there_is_handed_over(bool folders)
    {
        Write("new", "new", folders);
        Write("target", "old", folders);
        Placement placed = Placement.Put(_folder["new"], _folder["target"], _folder["aside"], static _ => { });
        Assert.Equal("new", Read(_folder["target"], folders));
        if (placed.Old is { } old) Assert.Equal("old", Read(old, folders));
        else Assert.False(folders || OperatingSystem.IsLinux());
    }

    [Fact]
    public void What_may_not_be_replaced_after_all_goes_back()
    {
        Write("new", "new", folder: true);
        Write("target", "old", folder: true);
        List<string> asked = [];
        Assert.Throws<InvalidOperationException>(() => Placement.Put(_folder["new"], _folder["target"], _folder["aside"], path =>
        {
            asked.Add(Read(path, folder: true));
            if (asked.Count > 1) throw new InvalidOperationException("changed meanwhile");
        }));
        Assert.Equal(["old", "old"], asked);
        Assert.Equal(("new", "old"), (Read(_folder["new"], folder: true), Read(_folder["target"], folder: true)));
        Assert.Equal(["new", "target"], _folder.Names);
    }

    [Fact]
    public void A_sync_that_fails_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such call");
        Assert.ThrowsAny<IOException>(() => DurableFiles.SyncFile(_folder["missing"]));
        Assert.ThrowsAny<IOException>(() => DurableFiles.SyncFolder(_folder["missing"]));
    }

    [Fact]
    public void Links_on_the_way_lead_to_the_same_place()
    {
        Directory.CreateDirectory(_folder["real"]);
        Directory.CreateSymbolicLink(_folder["link"], _folder["real"]);
        File.WriteAllText(_folder["real/file"], "");
        File.CreateSymbolicLink(_folder["real/other"], _folder["real/file"]);
        FilePlace file = FilePlace.Of(_folder["real/file"]);
        Assert.True(file.IsSameAs(FilePlace.Of(_folder["link/file"])));
        Assert.True(file.IsSameAs(FilePlace.Of(_folder["link/other"])));
        Assert.False(file.IsSameAs(FilePlace.Of(_folder["real/yet-to-come"])));
        Assert.True(FilePlace.Of(_folder["link/a/b"]).IsSameAs(FilePlace.Of(_folder["real/a/b"])));
        Assert.True(FilePlace.Of(_folder["link/a/b"]).IsIn(FilePlace.Of(_folder["real"])));
        Assert.False(FilePlace.Of(_folder["real"]).IsIn(FilePlace.Of(_folder["link"])));
        Assert.False(FilePlace.Of(_folder["really"]).IsIn(FilePlace.Of(_folder["real"])));
    }

    [Fact]
    public void A_durable_save_replaces_model_and_data()
    {
        string path = _folder["model.onnx"];
        OnnxFile.Save(Models.Small(), path, externalDataThreshold: 0, durable: true);
        OnnxFile.Save(Models.Small(), path, durable: true);
        Assert.Equal(Models.Small(), OnnxFile.Load(path));
        Assert.DoesNotContain(_folder.Names, name => name!.Contains(".tmp", StringComparison.Ordinal));
    }

    void Write(string name, string content, bool folder)
    {
        if (folder) Directory.CreateDirectory(_folder[name]);
        File.WriteAllText(folder ? _folder[name + "/content"] : _folder[name], content);
    }

    static string Read(string path, bool folder) => File.ReadAllText(folder ? Path.Combine(path, "content") : path);
}
