using System.Text;
using CsCheck;

namespace Fuzz;

/// <summary>
/// Inputs that are nearly right: an example with a few edits. Purely random bytes are refused at a parser's door; these get
/// inside. The words are what the format's own grammar is made of, and what has upset parsers before.
/// </summary>
internal static class Mutations
{
    private static readonly byte[][] Awkward =
    [
        [0], [0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xef, 0xbb, 0xbf], "\r\n"u8.ToArray(), "\\ud800"u8.ToArray(), "\\u0000"u8.ToArray(),
        "-1"u8.ToArray(), "2147483648"u8.ToArray(), "9223372036854775808"u8.ToArray(), "1e999"u8.ToArray(), "NaN"u8.ToArray(),
        "0001-01-01"u8.ToArray(), "9999-12-31"u8.ToArray(), "9999-12-31T23:59:59.9999999Z"u8.ToArray(),
        "0001-01-01T00:00:00+14:00"u8.ToArray(),
        "=1+1"u8.ToArray(), "%00"u8.ToArray(), "../"u8.ToArray(), "\u2028\u202e\U0001F600"u8.ToArray(), [0x7f, 0xff, 0xff, 0xff],
        [0x80, 0, 0, 0],
    ];

    /// <summary>Bytes made of the examples, with <paramref name="words"/> thrown in.</summary>
    public static Gen<byte[]> Bytes(IReadOnlyList<byte[]> examples, params byte[][] words)
    {
        var pieces = Gen.OneOf<byte[]>([.. words, .. Awkward, .. examples.Where(example => example.Length <= 200)]);
        var edit = Gen.Select(Gen.Int[0, 7], Gen.Double[0, 1], Gen.Int[1, 40], pieces, Gen.Byte);
        var edited =
            from example in Gen.OneOf(examples.ToArray())
            from edits in edit.Array[0, 6]
            select edits.Aggregate(
                example, (bytes, change) => Apply(bytes, change.Item1, change.Item2, change.Item3, change.Item4, change.Item5));
        var deep =
            from example in Gen.OneOf(examples.ToArray())
            from piece in pieces
            from times in Gen.OneOf(2, 20, 200, 2_000, 20_000)
            from at in Gen.Double[0, 1]
            select Insert(example, (int)(at * example.Length), Repeat(piece, times));
        return Gen.Frequency(
            (30, edited),
            (5, pieces.Array[0, 12].Select(many => many.SelectMany(piece => piece).ToArray())),
            (2, Gen.Byte.Array[0, 80]),
            (1, deep));
    }

    /// <summary>Texts made of the examples. Now and then with half a surrogate pair, which no UTF-8 can hold.</summary>
    public static Gen<string> Texts(IReadOnlyList<string> examples, params string[] words) => Gen.Frequency(
        (20, Bytes([.. examples.Select(Encoding.UTF8.GetBytes)], [.. words.Select(Encoding.UTF8.GetBytes)])
            .Select(Encoding.UTF8.GetString)),
        (1, Gen.String[0, 40]),
        (1, Gen.Select(Gen.OneOf(examples.ToArray()), Gen.Double[0, 1], (text, at) => text.Insert((int)(at * text.Length), "\ud83d"))));

    private static byte[] Apply(byte[] bytes, int how, double place, int length, byte[] piece, byte value)
    {
        var at = (int)(place * bytes.Length);
        var end = Math.Min(bytes.Length, at + length);
        switch (how)
        {
            case 0 when at < bytes.Length:
                var flipped = (byte[])bytes.Clone();
                flipped[at] ^= (byte)(1 << (value & 7));
                return flipped;
            case 1 when at < bytes.Length:
                var changed = (byte[])bytes.Clone();
                changed[at] = value;
                return changed;
            case 2:
                return [.. bytes[..at], .. bytes[end..]];
            case 3:
                return [.. bytes[..end], .. bytes[at..]];
            case 4:
                return bytes[..at];
            case 5:
                return [.. bytes[..at], .. piece, .. bytes[end..]];
            default:
                return Insert(bytes, at, piece);
        }
    }

    private static byte[] Insert(byte[] bytes, int at, byte[] piece) => [.. bytes[..at], .. piece, .. bytes[at..]];

    // What is repeated stays within what a request or a message may be, and a little beyond.
    private static byte[] Repeat(byte[] piece, int times) =>
        [.. Enumerable.Repeat(piece, Math.Min(times, 300_000 / Math.Max(1, piece.Length))).SelectMany(bytes => bytes)];
}
