using System.Text;
using System.Text.Json.Nodes;

namespace UniBench.Fuzz;

/// <summary>Damages a results.json: its tree, or its bytes.</summary>
internal static class ResultsMutator
{
    // Of any JSON value: the same in a place where it does not belong.
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "0.5", "1e999", "-1e999", "1e308", "5e-324", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "2147483648",
        "\"\"", "\"\\u0000\"", "\"a/b\"", "\"../../x\"", "\"\\ud800\"", "\"0001-01-01T00:00:00+00:00\"", "\"9999-12-31T23:59:59-14:00\"", "[]", "[null]", "[[]]", "{}", "{\"\": null}",
    ];

    public static byte[] Mutate(byte[] sound, Random random) => random.Next(8) == 0 ? Damaged(sound, random) : Mutated(sound, random, random.Next(1, 3));

    private static byte[] Damaged(byte[] sound, Random random)
    {
        byte[] copy = [.. sound];
        for (int n = random.Next(1, 4); n > 0; n--)
        {
            copy[random.Next(copy.Length)] = (byte)random.Next(256);
        }

        return random.Next(3) == 0 ? copy[..random.Next(copy.Length)] : copy;
    }

    /// <summary>Replaces, removes or repeats nodes anywhere in the tree, names of members too.</summary>
    private static byte[] Mutated(byte[] sound, Random random, int times)
    {
        JsonNode root = JsonNode.Parse(sound)!;
        string text = "";
        for (; times > 0; times--)
        {
            // As many mutations go to a kind of place as to another, however many of it there are.
            (JsonNode parent, string? name, int index)[] places = [.. Places(root).GroupBy(p => p.Kind).OrderBy(g => g.Key, StringComparer.Ordinal).ElementAt(random.Next(Places(root).Select(p => p.Kind).Distinct().Count())).Select(p => (p.Parent, p.Name, p.Index))];
            (JsonNode parent, string? name, int index) = places[random.Next(places.Length)];
            string value = Values[random.Next(Values.Length)];
            int how = random.Next(6);
            if (parent is JsonObject o)
            {
                if (how == 0)
                {
                    o.Remove(name!);
                }
                else if (how == 1)
                {
                    JsonNode? moved = o[name!];
                    o.Remove(name!);
                    o[value] = moved;
                }
                else
                {
                    o[name!] = Mark(value);
                }
            }
            else if (parent is JsonArray a)
            {
                if (how == 0)
                {
                    a.RemoveAt(index);
                }
                else if (how == 1)
                {
                    a.Add(a[index]?.DeepClone());
                }
                else
                {
                    a[index] = Mark(value);
                }
            }
        }

        text = root.ToJsonString();
        for (int i = 0; i < Values.Length; i++)
        {
            text = text.Replace($"\"mutant-{i}\"", Values[i], StringComparison.Ordinal);
        }

        return Encoding.UTF8.GetBytes(text);

        // Values that a tree cannot hold, such as 1e999, are put into its text.
        static JsonValue Mark(string value) => JsonValue.Create($"mutant-{Array.IndexOf(Values, value)}");
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index, string Kind)> Places(JsonNode node, string kind = "")
    {
        if (node is JsonObject o)
        {
            foreach ((string name, JsonNode? child) in o)
            {
                yield return (o, name, 0, $"{kind}.{name}");
                foreach (var below in child is null ? [] : Places(child, $"{kind}.{name}"))
                {
                    yield return below;
                }
            }
        }
        else if (node is JsonArray a)
        {
            for (int i = 0; i < a.Count; i++)
            {
                yield return (a, null, i, $"{kind}[]");
                foreach (var below in a[i] is { } child ? Places(child, $"{kind}[]") : [])
                {
                    yield return below;
                }
            }
        }
    }
}
