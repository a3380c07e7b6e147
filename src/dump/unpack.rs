//! From the bytes of a file to its text: packed files are unpacked, other encodings than UTF-8 are
//! decoded. What a file is shows in its first bytes, never in its name.
//!
//! Nothing is replaced: a stream that is cut short or damaged, and bytes that mean nothing in their
//! encoding, are errors of the read that meets them. UTF-8 is left as it is, since the readers of
//! records check it and know the place.

use super::bytes::Bytes;
use super::decode::Decoder;
use super::error::Reason;
use super::rejects::{self, WithoutRemarks};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::fmt;
use std::io::{self, Cursor, Read};

/// How a file was packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// gzip, of one member or several.
    Gzip,
    /// Zstandard, of one frame or several.
    Zstd,
}

impl Codec {
    /// The name of the format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

impl fmt::Display for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What had to be done to get at a file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packing {
    /// How it was packed.
    pub codec: Option<Codec>,
    /// How it is encoded.
    pub encoding: &'static Encoding,
    /// Whether it is a file of rejects, which are UTF-8 and have nothing above their header,
    /// whatever is said of the files that they are from.
    pub rejects: bool,
}

impl Packing {
    /// Nothing had to be done.
    pub(crate) const NONE: Self = Self { codec: None, encoding: UTF_8, rejects: false };
}

/// The bytes with which files begin that are no text, and what to say of them.
const STRANGERS: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive, or a workbook; unpack it, or save the sheet as CSV"),
    (b"BZh", "packed with bzip2; unpack it first"),
    (b"\xFD7zXZ\x00", "packed with xz; unpack it first"),
    (b"PAR1", "a Parquet file; write it as CSV or JSON Lines"),
    (b"SQLite format 3\x00", "an SQLite database; write its tables as CSV"),
    (b"%PDF", "a PDF document"),
    (b"\xD0\xCF\x11\xE0", "an old workbook; save the sheet as CSV"),
];

/// As many bytes as tell what a file is.
const TELLING: usize = 24;

/// The text of a file, and how it was got. `encoding` is the one asked for; without it a byte order
/// mark decides, and UTF-8 where there is none.
pub(crate) fn text_of(
    raw: Bytes,
    encoding: Option<&'static Encoding>,
) -> Result<(Bytes, Packing), Reason> {
    let (first, raw) = peek(raw)?;
    let codec = codec_of(&first);
    let (first, bytes) = match codec {
        None => (first, raw),
        Some(codec) => peek(unpacked(raw, codec)?)?,
    };
    if let Some((_, what)) = STRANGERS.iter().find(|(magic, _)| first.starts_with(magic)) {
        return Err(Reason::NotText(what));
    }
    let marked = Encoding::for_bom(&first).map(|(encoding, _)| encoding);
    let rejects = first.starts_with(rejects::TELLING);
    let encoding = match (encoding, marked) {
        _ if rejects => UTF_8,
        // The mark knows best which of its bytes comes first.
        (Some(asked), Some(marked)) if is_utf16(asked) && is_utf16(marked) => marked,
        (asked, marked) => asked.or(marked).unwrap_or(UTF_8),
    };
    if marked.is_none() && encoding == UTF_8 && first.contains(&0) {
        return Err(Reason::NotText(zeros(&first)));
    }
    let packing = Packing { codec, encoding, rejects };
    let text: Bytes = match () {
        () if encoding != UTF_8 => Box::new(Decoder::new(bytes, encoding)),
        () if rejects => Box::new(WithoutRemarks::new(bytes)),
        () => bytes,
    };
    Ok((text, packing))
}

fn is_utf16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// What a file may be that begins with zero bytes among others.
fn zeros(first: &[u8]) -> &'static str {
    match first {
        [0, second, ..] if *second != 0 => {
            "no UTF-8 text; if it is UTF-16 without a byte order mark, say --encoding utf-16be"
        }
        [first, 0, ..] if *first != 0 => {
            "no UTF-8 text; if it is UTF-16 without a byte order mark, say --encoding utf-16le"
        }
        _ => "no text: it holds zero bytes",
    }
}

fn codec_of(first: &[u8]) -> Option<Codec> {
    match first {
        [0x1F, 0x8B, ..] => Some(Codec::Gzip),
        // A frame, or one of the sixteen that readers skip.
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Codec::Zstd),
        _ => None,
    }
}

fn unpacked(raw: Bytes, codec: Codec) -> io::Result<Bytes> {
    let bytes: Bytes = match codec {
        Codec::Gzip => Box::new(flate2::read::MultiGzDecoder::new(raw)),
        Codec::Zstd => Box::new(zstd::Decoder::new(raw)?),
    };
    Ok(Box::new(Unpacked { bytes, codec }))
}

/// The first bytes, and all bytes.
fn peek(mut bytes: Bytes) -> io::Result<(Vec<u8>, Bytes)> {
    let mut first = Vec::with_capacity(TELLING);
    bytes.by_ref().take(TELLING as u64).read_to_end(&mut first)?;
    let all = Cursor::new(first.clone()).chain(bytes);
    Ok((first, Box::new(all)))
}

/// An unpacked stream whose errors say what they are about.
struct Unpacked {
    bytes: Bytes,
    codec: Codec,
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            kind => {
                let codec = self.codec;
                io::Error::new(kind, format!("the {codec} stream is damaged or cut short: {error}"))
            }
        })
    }
}

/// The encoding that a label of the Encoding Standard means, such as `latin1`, `windows-1252`,
/// `utf-16le`, `gbk`, `shift_jis`.
///
/// # Errors
///
/// A label that means none.
pub fn encoding_named(label: &str) -> Result<&'static Encoding, String> {
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if encoding != encoding_rs::REPLACEMENT => Ok(encoding),
        _ => Err(format!(
            "`{label}` is no encoding; some are utf-8, {}, {}, windows-1252, iso-8859-2, gbk, \
             shift_jis, euc-kr",
            UTF_16LE.name().to_lowercase(),
            UTF_16BE.name().to_lowercase()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(text: &str) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    }

    fn utf16(text: &str, mark: bool, little: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        units.flat_map(bytes).collect()
    }

    /// Reads in steps of one byte, so that no reader may count on more.
    fn read(bytes: &[u8], label: Option<&str>) -> Result<(String, Packing), String> {
        struct Slow(Cursor<Vec<u8>>);
        impl Read for Slow {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let end = buffer.len().min(1);
                self.0.read(&mut buffer[..end])
            }
        }
        let encoding = label.map(|label| encoding_named(label).unwrap());
        let raw = Box::new(Slow(Cursor::new(bytes.to_vec())));
        let (mut text, packing) = text_of(raw, encoding).map_err(|reason| reason.to_string())?;
        let mut all = String::new();
        text.read_to_string(&mut all).map_err(|error| error.to_string())?;
        Ok((all, packing))
    }

    #[test]
    fn what_a_file_is_shows_in_its_first_bytes() {
        let text = "e,ü\n1,\u{1F600}\n";
        let zstd = |text: &str| zstd::encode_all(text.as_bytes(), 1).unwrap();
        let two = [gzip("e,ü\n"), gzip("1,\u{1F600}\n")].concat();
        let frames = [zstd("e,ü\n"), zstd("1,\u{1F600}\n")].concat();
        let skippable = [b"\x50\x2A\x4D\x18\x02\0\0\0ab".as_slice(), &zstd(text)].concat();
        for (bytes, label, codec, encoding) in [
            (text.as_bytes().to_vec(), None, None, "UTF-8"),
            (gzip(text), None, Some(Codec::Gzip), "UTF-8"),
            (two, None, Some(Codec::Gzip), "UTF-8"),
            (zstd(text), None, Some(Codec::Zstd), "UTF-8"),
            (frames, None, Some(Codec::Zstd), "UTF-8"),
            (skippable, None, Some(Codec::Zstd), "UTF-8"),
            (utf16(text, true, true), None, None, "UTF-16LE"),
            (utf16(text, true, false), None, None, "UTF-16BE"),
            (utf16(text, false, true), Some("utf-16le"), None, "UTF-16LE"),
            (utf16(text, false, false), Some("utf-16be"), None, "UTF-16BE"),
            (utf16(text, true, false), Some("utf-16"), None, "UTF-16BE"),
        ] {
            let (found, packing) = read(&bytes, label).unwrap();
            assert_eq!(found, text, "{bytes:?}");
            assert_eq!((packing.codec, packing.encoding.name()), (codec, encoding));
        }
        let (found, _) = read(b"caf\xe9;\x80", Some("latin1")).unwrap();
        assert_eq!(found, "café;€");
        assert_eq!(read(b"", None).unwrap().0, "");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let cut = gzip(&"a,b\n".repeat(1000));
        let mut garbled = gzip("a,b\n");
        garbled.extend(b"garbage");
        for (bytes, label, part) in [
            (b"PK\x03\x04....".to_vec(), None, "save the sheet as CSV"),
            (b"a\0,\0b\0".to_vec(), None, "--encoding utf-16le"),
            (b"\0a\0,\0b".to_vec(), None, "--encoding utf-16be"),
            (b"a,b\0\0".to_vec(), None, "zero bytes"),
            (cut[..cut.len() - 9].to_vec(), None, "the gzip stream is damaged or cut short"),
            (garbled, None, "the gzip stream is damaged or cut short"),
            (b"\xFF\xFEa\0\0\xD8b\0".to_vec(), None, "invalid UTF-16LE at byte 4"),
            (b"a\0b".to_vec(), Some("utf-16le"), "invalid UTF-16LE at byte 2"),
            (b"abc\xff".to_vec(), Some("gbk"), "invalid GBK at byte 3"),
        ] {
            let error = read(&bytes, label).unwrap_err();
            assert!(error.contains(part), "{bytes:?}: {error}");
        }
        assert!(encoding_named("klingon").unwrap_err().contains("windows-1252"));
    }
}
