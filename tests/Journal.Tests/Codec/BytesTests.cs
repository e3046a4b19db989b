using System.Text;

namespace ActorFlow.Journal.Tests.Codec;

/// <summary>Numbers and texts as bytes.</summary>
public sealed class BytesTests
{
    [Fact]
    public void A_writer_that_gives_room_back_keeps_what_was_written()
    {
        var writer = new ByteWriter();
        writer.Text("kept");
        writer.Take(1_000_000);
        writer.Rewind(5);
        writer.Trim(1000);
        writer.Text("more");

        Assert.Equal("046B657074046D6F7265", Convert.ToHexString(writer.Written));
    }

    [Theory]
    [InlineData(0UL, "00")]
    [InlineData(127UL, "7F")]
    [InlineData(128UL, "8001")]
    [InlineData(300UL, "AC02")]
    [InlineData(ulong.MaxValue, "FFFFFFFFFFFFFFFFFF01")]
    public void A_number_has_seven_bits_a_byte_the_lowest_first(ulong number, string hex)
    {
        Assert.Equal(hex, Hex(writer => writer.Number(number)));
        var reader = new ByteReader(Convert.FromHexString(hex));
        Assert.Equal(number, reader.Number());
    }

    [Theory]
    [InlineData(0L, "00")]
    [InlineData(-1L, "01")]
    [InlineData(1L, "02")]
    [InlineData(-64L, "7F")]
    [InlineData(long.MaxValue, "FEFFFFFFFFFFFFFFFF01")]
    [InlineData(long.MinValue, "FFFFFFFFFFFFFFFFFF01")]
    public void A_signed_number_has_its_sign_in_the_lowest_bit(long number, string hex)
    {
        Assert.Equal(hex, Hex(writer => writer.Signed(number)));
        var reader = new ByteReader(Convert.FromHexString(hex));
        Assert.Equal(number, reader.Signed());
    }

    [Fact]
    public void A_text_that_is_missing_is_told_from_an_empty_one()
    {
        Assert.Equal("00", Hex(writer => writer.OptionalText(null)));
        Assert.Equal("01", Hex(writer => writer.OptionalText("")));
        Assert.Equal("03C3A4", Hex(writer => writer.OptionalText("ä")));
    }

    [Fact]
    public void A_number_of_more_than_ten_bytes_is_damage() => Assert.Throws<FormatException>(() =>
    {
        var reader = new ByteReader([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        return reader.Number();
    });

    [Fact]
    public void A_list_longer_than_what_is_left_is_damage() => Assert.Throws<FormatException>(() =>
    {
        var reader = new ByteReader([0x80, 0x80, 0x80, 0x80, 0x04, 0, 0]);
        return reader.Count();
    });

    [Fact]
    public void The_checksum_is_that_of_RFC_3720()
    {
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0u, Crc32C.Of(Encoding.ASCII.GetBytes("")));
    }

    private static string Hex(Action<ByteWriter> write)
    {
        var writer = new ByteWriter();
        write(writer);
        return Convert.ToHexString(writer.Written);
    }
}
