using System.Text.Json;

namespace UniBench.Tests.Reports;

/// <summary>
/// The part of JSON Schema that docs/results.schema.json uses, and stricter in one way: a member that the schema does not name
/// is an error, so that the schema stays complete.
/// </summary>
internal sealed class SchemaCheck(JsonElement root)
{
    public IEnumerable<string> Errors(JsonElement value) => Errors(root, value, "$");

    /// <param name="definition">Of the schema's <c>$defs</c>.</param>
    public IEnumerable<string> Errors(JsonElement value, string definition) => Errors(root.GetProperty("$defs").GetProperty(definition), value, "$");

    private IEnumerable<string> Errors(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            schema = reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(root, (at, name) => at.GetProperty(name));
        }

        if (schema.TryGetProperty("const", out JsonElement constant) && constant.GetString() != value.GetString())
        {
            return [$"{path}: not {constant}"];
        }

        if (schema.TryGetProperty("enum", out JsonElement allowed) && !allowed.EnumerateArray().Any(a => a.GetString() == value.GetString()))
        {
            return [$"{path}: {value} is none of {allowed}"];
        }

        if (schema.TryGetProperty("type", out JsonElement type) && !Types(type).Any(t => Is(value, t)))
        {
            return [$"{path}: {value.ValueKind} is not {type}"];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => ObjectErrors(schema, value, path),
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, i) => Errors(schema.GetProperty("items"), item, $"{path}[{i}]")),
            _ => [],
        };
    }

    private IEnumerable<string> ObjectErrors(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("required", out JsonElement required))
        {
            foreach (JsonElement name in required.EnumerateArray().Where(n => !value.TryGetProperty(n.GetString()!, out _)))
            {
                yield return $"{path}: {name} is missing";
            }
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            JsonElement inner = default;
            bool known = (schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(member.Name, out inner))
                || schema.TryGetProperty("additionalProperties", out inner);
            IEnumerable<string> errors = known ? Errors(inner, member.Value, $"{path}.{member.Name}") : [$"{path}.{member.Name}: not in the schema"];
            foreach (string error in errors)
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new ArgumentException($"the schema has the unknown type {type}", nameof(type)),
    };
}
