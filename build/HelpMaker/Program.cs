using DeltaGlider.HelpMaker;

if (args is not [var pages, var file])
{
    Console.Error.WriteLine("usage: HelpMaker <folder of the pages> <MAML file to write>");
    return 2;
}

try
{
    var commands = Directory.GetFiles(pages, "*-DG*.md").Order(StringComparer.Ordinal).Select(PageReader.Read);
    Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
    MamlWriter.Write(commands).Save(file);
    return 0;
}
catch (PageException e)
{
    // The form that MSBuild shows as an error with its place.
    Console.Error.WriteLine($"{e.File}({e.Line}): error DGHELP: {e.Message}");
    return 1;
}
