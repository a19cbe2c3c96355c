using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace UniBench.Reports.Timelines;

/// <summary>
/// A file in the Chrome trace event format, which Perfetto and chrome://tracing show: a group for each launch, a row for each of its processes.
/// Source: "Trace Event Format", the Chromium project.
/// </summary>
/// <remarks>An event a line and a write, as it happens: viewers take a file whose end is missing.</remarks>
public sealed class TimelineFile : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream file;
    private readonly ArrayBufferWriter<byte> line = new();
    private readonly Utf8JsonWriter json;
    private readonly Action<string> complain;
    private long? origin; // of the first event
    private string separator = "[\n";
    private int launches;
    private long links;
    private bool failed;

    /// <param name="complain">Told once when it can be written no further: a full disk must not end what is looked at.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public TimelineFile(string path, Action<string> complain)
    {
        this.complain = complain;
        file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        json = new Utf8JsonWriter(line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Begins a group for a launch.</summary>
    /// <returns>Its number.</returns>
    public int Launch(string title)
    {
        int group = Interlocked.Increment(ref launches);
        Named("process_name", group, 0, title);
        return group;
    }

    public void Row(string name, int group, int row) => Named("thread_name", group, row, name);

    /// <summary>What the row does from now on, until <see cref="End"/>.</summary>
    /// <param name="at">As all times: ns of one clock; the file begins at 0.</param>
    public void Begin(string name, int group, int row, long at) => Write(name, "B", group, row, at);

    /// <param name="detail">How it ended.</param>
    public void End(string detail, int group, int row, long at) => Write(null, "E", group, row, at, () => Detail(detail));

    /// <summary>What the row did for a while, inside what it was doing.</summary>
    public void Slice(string name, string? detail, int group, int row, long from, long to) => Write(name, "X", group, row, from, () =>
    {
        json.WriteNumber("dur", (to - from) / 1e3);
        Detail(detail);
    });

    /// <summary>An arrow from one row to another.</summary>
    public void Arrow(string kind, int group, int from, long sent, int to, long received)
    {
        long id = Interlocked.Increment(ref links);
        Write(kind, "s", group, from, sent, () => Link(false));
        Write(kind, "f", group, to, received, () => Link(true));

        void Link(bool last)
        {
            json.WriteString("cat", kind);
            json.WriteNumber("id", id);
            if (last)
            {
                json.WriteString("bp", "e"); // to the slice around it, not to the next one
            }
        }
    }

    /// <summary>A curve holds this value from now on.</summary>
    public void Curve(string name, string unit, double value, int group, long at) => Write(name, "C", group, 0, at, () =>
    {
        json.WriteStartObject("args");
        json.WriteNumber(unit, value);
        json.WriteEndObject();
    });

    public void Dispose()
    {
        WhileItCan(() => file.Write(launches == 0 ? "[]\n"u8 : "\n]\n"u8));
        json.Dispose();
        file.Dispose();
    }

    private void Named(string what, int group, int row, string name) => Write(what, "M", group, row, 0, () =>
    {
        json.WriteStartObject("args");
        json.WriteString("name", name);
        json.WriteEndObject();
    });

    private void Detail(string? text)
    {
        if (text is not null)
        {
            json.WriteStartObject("args");
            json.WriteString("result", text);
            json.WriteEndObject();
        }
    }

    private void Write(string? name, string phase, int group, int row, long at, Action? more = null)
    {
        WhileItCan(() =>
        {
            line.ResetWrittenCount();
            line.Write(Encoding.ASCII.GetBytes(separator));
            separator = ",\n";
            json.Reset();
            json.WriteStartObject();
            if (name is not null)
            {
                json.WriteString("name", name);
            }

            json.WriteString("ph", phase);
            json.WriteNumber("pid", group);
            json.WriteNumber("tid", row);
            if (at > 0)
            {
                json.WriteNumber("ts", (at - (origin ??= at)) / 1e3);
            }

            more?.Invoke();
            json.WriteEndObject();
            json.Flush();
            file.Write(line.WrittenSpan);
        });
    }

    /// <summary>One writer at a time, and none once the file has failed.</summary>
    private void WhileItCan(Action write)
    {
        lock (gate)
        {
            try
            {
                if (!failed)
                {
                    write();
                }
            }
            catch (IOException e)
            {
                failed = true;
                complain(e.Message);
            }
        }
    }
}
