//! Opening the files of a dump: a path, a text at hand, standard input, or standard input kept in a
//! temporary file.
//!
//! A file is opened twice or more: once to look at its head (which format, which columns), and once
//! for every pass over its records. Paths are simply opened again. Standard input and pipes give
//! their bytes once, so either their head is kept and put before the rest, for one pass, or all is
//! spooled to an unnamed temporary file first. Heads and passes see the same text, unpacked and
//! decoded.

use super::bytes::{BYTE_ORDER_MARK, Bytes};
use super::error::{DumpError, Reason};
use super::input::{Input, InputPath};
use super::unpack::{Packing, text_of};
use super::window::RECORD_LIMIT;
use encoding_rs::{Encoding, UTF_8};
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// How much of a file is looked at before its records are read.
const HEAD: usize = 64 << 10;

/// A file that can be read, and its first bytes.
pub(crate) struct Opened {
    pub name: Arc<str>,
    origin: Origin,
    /// The first bytes.
    pub head: Vec<u8>,
    /// True when the head is all there is.
    pub whole: bool,
    /// The length of the text in bytes, where it is known.
    pub length: Option<u64>,
    /// How the text was got from the file's bytes.
    pub packing: Packing,
    /// The encoding asked for.
    encoding: Option<&'static Encoding>,
    /// Lines above the header of a CSV file.
    pub skip_lines: u64,
    /// The delimiter asked for.
    pub delimiter: Option<u8>,
    /// The stream of records asked for.
    pub stream: Option<String>,
    /// What is read from it, as the key under which an answer would hold it.
    pub holds: Option<&'static str>,
    /// The input as an option is written behind it.
    pub written: String,
}

enum Origin {
    Path(PathBuf),
    Text(Arc<str>),
    Spool(Arc<Mutex<File>>),
    Stream(Mutex<Option<Bytes>>),
}

impl Opened {
    /// Refuses standard input as two files of one dump: the second would be empty.
    pub fn check_stdin(inputs: &[Input]) -> Result<(), DumpError> {
        match inputs.iter().filter(|input| input.path == InputPath::Stdin).nth(1) {
            Some(input) => Err(DumpError::file_wide(&input.name().into(), Reason::ReadTwice)),
            None => Ok(()),
        }
    }

    pub fn open(input: &Input, rereadable: bool) -> Result<Self, DumpError> {
        let name: Arc<str> = input.name().into();
        let opened = Self::origin(input, rereadable).and_then(|(origin, length)| {
            let mut opened = Self {
                name: Arc::clone(&name),
                origin,
                head: Vec::new(),
                whole: false,
                length,
                packing: Packing::NONE,
                encoding: input.encoding,
                skip_lines: input.skip_lines.unwrap_or(0),
                delimiter: input.delimiter,
                stream: input.stream.clone(),
                holds: input.holds,
                written: input.written(),
            };
            opened.unpack()?;
            opened.read_head(HEAD)?;
            Ok(opened)
        });
        opened.map_err(|reason| DumpError::file_wide(&name, reason))
    }

    fn origin(input: &Input, rereadable: bool) -> Result<(Origin, Option<u64>), Reason> {
        let mut stream: Bytes = match &input.path {
            InputPath::Stdin => Box::new(io::stdin()),
            InputPath::Text { text, .. } => {
                let length = text.len() as u64;
                return Ok((Origin::Text(Arc::clone(text)), Some(length)));
            }
            InputPath::File(path) => {
                let file = File::open(path)?;
                let metadata = file.metadata()?;
                if metadata.is_dir() {
                    return Err(Reason::Directory);
                }
                if metadata.is_file() {
                    return Ok((Origin::Path(path.clone()), Some(metadata.len())));
                }
                Box::new(file)
            }
        };
        if !rereadable {
            return Ok((Origin::Stream(Mutex::new(Some(stream))), None));
        }
        let mut spool = tempfile::tempfile()?;
        let length = io::copy(&mut stream, &mut spool)?;
        Ok((Origin::Spool(Arc::new(Mutex::new(spool))), Some(length)))
    }

    /// Looks how the file is packed and encoded. Of a stream only its text is kept.
    fn unpack(&mut self) -> Result<(), Reason> {
        let raw = self.raw()?;
        let (text, packing) = text_of(raw, self.encoding)?;
        self.packing = packing;
        if packing.rejects {
            self.skip_lines = 0;
        }
        if packing.codec.is_some() || packing.encoding != UTF_8 {
            self.length = None;
        }
        if let Origin::Stream(stream) = &self.origin {
            *stream.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
        }
        Ok(())
    }

    fn read_head(&mut self, length: usize) -> Result<(), Reason> {
        let missing = length.saturating_sub(self.head.len()) as u64;
        let before = self.head.len();
        match &self.origin {
            Origin::Stream(stream) => {
                let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                let stream = stream.as_mut().ok_or(Reason::ReadTwice)?;
                stream.take(missing).read_to_end(&mut self.head)?;
            }
            _ => {
                self.head.clear();
                self.fresh()?.take(length as u64).read_to_end(&mut self.head)?;
            }
        }
        self.whole = self.head.len() < length.max(before);
        Ok(())
    }

    /// Makes the head longer; false when it is whole, or so long that any record would have ended.
    pub fn grow_head(&mut self) -> Result<bool, DumpError> {
        if self.whole || self.head.len() > RECORD_LIMIT {
            return Ok(false);
        }
        let longer = (self.head.len() * 4).min(RECORD_LIMIT + HEAD);
        self.read_head(longer).map_err(|reason| DumpError::file_wide(&self.name, reason))?;
        Ok(true)
    }

    /// The bytes as they stand in the file; of a stream once.
    fn raw(&self) -> Result<Bytes, Reason> {
        match &self.origin {
            Origin::Path(path) => Ok(Box::new(File::open(path)?)),
            Origin::Text(text) => Ok(Box::new(Cursor::new(TextBytes(Arc::clone(text))))),
            Origin::Spool(file) => Ok(Box::new(Spool { file: Arc::clone(file), at: 0 })),
            Origin::Stream(stream) => {
                let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                stream.take().ok_or(Reason::ReadTwice)
            }
        }
    }

    fn fresh(&self) -> Result<Bytes, Reason> {
        let bytes = self.raw()?;
        match &self.origin {
            Origin::Stream(_) => Ok(Box::new(Cursor::new(self.head.clone()).chain(bytes))),
            _ => Ok(text_of(bytes, self.encoding)?.0),
        }
    }

    /// A pass over the whole file.
    pub fn reader(&self) -> Result<Bytes, DumpError> {
        self.fresh().map_err(|reason| DumpError::file_wide(&self.name, reason))
    }

    /// Whether there can be a pass before the one that reads all records.
    pub fn is_rereadable(&self) -> bool {
        !matches!(self.origin, Origin::Stream(_))
    }

    /// Its place among the files; none of a text, of standard input and of pipes.
    pub fn path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::Path(path) => Some(path),
            Origin::Text(_) | Origin::Spool(_) | Origin::Stream(_) => None,
        }
    }

    /// Whether a byte order mark stands before the text.
    pub fn is_marked(&self) -> bool {
        self.head.starts_with(BYTE_ORDER_MARK)
    }

    /// Whether the text begins with an empty line.
    pub fn begins_blank(&self) -> bool {
        self.text().first().is_some_and(|byte| matches!(byte, b'\r' | b'\n'))
    }

    /// The head without a byte order mark.
    pub fn text(&self) -> &[u8] {
        self.head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&self.head)
    }

    /// The first byte that isn't blank.
    pub fn first_byte(&self) -> Option<u8> {
        self.text().iter().copied().find(|byte| !byte.is_ascii_whitespace())
    }
}

/// The bytes of a text that several passes read.
struct TextBytes(Arc<str>);

impl AsRef<[u8]> for TextBytes {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// One pass over a temporary file that other passes may be reading too.
struct Spool {
    file: Arc<Mutex<File>>,
    at: u64,
}

impl Read for Spool {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let count = file.read(buffer)?;
        self.at += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(origin: Origin) -> Opened {
        let name = "t".into();
        let mut opened = Opened {
            name,
            origin,
            head: Vec::new(),
            whole: false,
            length: None,
            packing: Packing::NONE,
            encoding: None,
            skip_lines: 0,
            delimiter: None,
            stream: None,
            holds: None,
            written: String::new(),
        };
        opened.unpack().unwrap();
        opened.read_head(4).unwrap();
        opened
    }

    fn text(opened: &Opened) -> Result<String, DumpError> {
        let mut text = String::new();
        opened.reader()?.read_to_string(&mut text).unwrap();
        Ok(text)
    }

    #[test]
    fn a_stream_gives_its_bytes_once() {
        let stream = Box::new(b"0123456789".as_slice());
        let mut opened = opened(Origin::Stream(Mutex::new(Some(stream))));
        assert_eq!((opened.text(), opened.whole), (b"0123".as_slice(), false));
        assert!(opened.grow_head().unwrap());
        assert_eq!((opened.text().len(), opened.whole), (10, true));
        assert_eq!(text(&opened).unwrap(), "0123456789");
        assert_eq!(text(&opened).unwrap_err().to_string(), "t: can be read only once");
    }

    #[test]
    fn a_text_is_read_as_often_as_one_likes() {
        let opened = opened(Origin::Text("0123456789".into()));
        assert_eq!((opened.text(), opened.whole), (b"0123".as_slice(), false));
        assert!(opened.is_rereadable());
        assert_eq!(text(&opened).unwrap(), "0123456789");
        assert_eq!(text(&opened).unwrap(), "0123456789");
    }

    #[test]
    fn a_spool_gives_them_to_several_passes_at_once() {
        let mut file = tempfile::tempfile().unwrap();
        io::Write::write_all(&mut file, b"0123456789").unwrap();
        let opened = opened(Origin::Spool(Arc::new(Mutex::new(file))));
        assert_eq!((opened.text(), opened.whole), (b"0123".as_slice(), false));
        let mut one = opened.reader().unwrap();
        one.read_exact(&mut [0; 3]).unwrap();
        assert_eq!(text(&opened).unwrap(), "0123456789");
        let mut rest = String::new();
        one.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "3456789");
    }
}
