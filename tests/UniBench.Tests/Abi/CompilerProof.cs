using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using NUnit.Framework;

namespace UniBench.Tests.Abi;

/// <summary>Lets gcc judge whether C# structures and constants mirror those of a C header.</summary>
internal sealed class CompilerProof(params string[] includes)
{
    private readonly StringBuilder source = new("#define _GNU_SOURCE\n" + string.Concat(includes.Select(i => $"#include {i}\n")) + "#include <stddef.h>\n");

    /// <summary>PascalCase becomes snake_case.</summary>
    public static string Snake(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    public void Equal(string expression, object value) =>
        source.Append(System.Globalization.CultureInfo.InvariantCulture, $"_Static_assert(({expression}) == {value}, \"{expression.Replace('"', '\'')} is not {value}\");\n");

    /// <summary>The same for a macro that older headers may lack.</summary>
    public void EqualIfDefined(string macro, object value)
    {
        source.Append(System.Globalization.CultureInfo.InvariantCulture, $"#ifdef {macro}\n");
        Equal(macro, value);
        source.Append("#endif\n");
    }

    /// <summary>The same of a number of up to 32 bits, signed or not.</summary>
    public void EqualIfDefined(string macro, long value) =>
        source.Append(System.Globalization.CultureInfo.InvariantCulture, $"#ifdef {macro}\n_Static_assert((unsigned)({macro}) == (unsigned){value}ll, \"{macro} is not {value}\");\n#endif\n");

    /// <summary>Every field's offset and size, and that nothing lies between or behind them.</summary>
    public void Mirrors(Type type, string structure, Func<string, string>? fieldName = null)
    {
        int offset = 0;
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(f => f.MetadataToken))
        {
            int alignment = AlignmentOf(field.FieldType), size = SizeOf(field.FieldType);
            offset = (offset + alignment - 1) / alignment * alignment;
            string own = field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name; // of a record: its property
            string member = fieldName is null ? Snake(own) : fieldName(own);
            Equal($"offsetof({structure}, {member})", offset);
            Equal($"sizeof((({structure} *)0)->{member})", size);
            offset += size;
        }

        Equal($"sizeof({structure})", SizeOf(type));
        Assert.That(SizeOf(type), Is.GreaterThanOrEqualTo(offset));
    }

    public void Check()
    {
        string file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"proof-{Guid.NewGuid():N}.c");
        File.WriteAllText(file, source.ToString());
        try
        {
            using Process gcc = Process.Start(new ProcessStartInfo("gcc", ["-std=c11", "-fsyntax-only", file]) { RedirectStandardError = true })!;
            string errors = gcc.StandardError.ReadToEnd();
            gcc.WaitForExit();
            Assert.That(gcc.ExitCode, Is.Zero, errors);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Assert.Ignore($"gcc: {e.Message}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static int AlignmentOf(Type type) => type.IsPrimitive || type.IsEnum
        ? SizeOf(type)
        : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Max(f => AlignmentOf(f.FieldType));
}
