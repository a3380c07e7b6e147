//! Packing on the way out, by the end of a file's name.

use crate::dump::Codec;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Something that is packed, or not, as it is written.
pub(super) enum Packer<W: Write> {
    Plain(BufWriter<W>),
    Gzip(GzEncoder<BufWriter<W>>),
    Zstd(zstd::Encoder<'static, BufWriter<W>>),
}

/// Bytes that are gathered before they are written.
pub(super) const GATHERED: usize = 256 << 10;

/// How a file of this name is packed.
pub(super) fn codec_of(path: &Path) -> Option<Codec> {
    let end = path.extension()?.to_str()?;
    ENDS.iter().find(|(known, _)| end.eq_ignore_ascii_case(known)).map(|&(_, codec)| codec)
}

const ENDS: [(&str, Codec); 2] = [("gz", Codec::Gzip), ("zst", Codec::Zstd)];

impl<W: Write> Packer<W> {
    /// What goes to `out` as it is.
    pub fn plain(out: W) -> Self {
        Self::Plain(BufWriter::with_capacity(GATHERED, out))
    }

    /// Packs what goes to `out`, so many bytes at a time.
    pub fn new(codec: Option<Codec>, gathered: usize, out: W) -> io::Result<Self> {
        let out = BufWriter::with_capacity(gathered, out);
        let Some(codec) = codec else { return Ok(Self::Plain(out)) };
        Ok(match codec {
            Codec::Gzip => Self::Gzip(GzEncoder::new(out, Compression::default())),
            Codec::Zstd => {
                let mut encoder = zstd::Encoder::new(out, zstd::DEFAULT_COMPRESSION_LEVEL)?;
                // What was cut short or damaged on its way is then noticed by who unpacks it.
                encoder.include_checksum(true)?;
                Self::Zstd(encoder)
            }
        })
    }

    /// Writes what is left, and gives back where it went.
    pub fn finish(self) -> io::Result<W> {
        let out = match self {
            Self::Plain(out) => out,
            Self::Gzip(encoder) => encoder.finish()?,
            Self::Zstd(encoder) => encoder.finish()?,
        };
        out.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

impl<W: Write> Write for Packer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Gzip(out) => out.write(bytes),
            Self::Zstd(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Gzip(out) => out.flush(),
            Self::Zstd(out) => out.flush(),
        }
    }
}

impl<W: Write> fmt::Debug for Packer<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Packer")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_name_decides() {
        for (name, expected) in [
            ("a.csv", None),
            ("a.csv.gz", Some(Codec::Gzip)),
            ("a.ZST", Some(Codec::Zstd)),
            ("gz", None),
        ] {
            assert_eq!(codec_of(Path::new(name)), expected, "{name}");
        }
    }
}
