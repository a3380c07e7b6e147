//! Text of other encodings as UTF-8. Bytes that mean nothing are an error with their place.

use super::bytes::Bytes;
use encoding_rs::{DecoderResult, Encoding};
use std::io::{self, Read};

/// Bytes that are decoded at once.
const CHUNK: usize = 64 << 10;

/// A reader of UTF-8 over bytes in another encoding. A byte order mark of that encoding is taken
/// off.
pub(crate) struct Decoder {
    bytes: Bytes,
    encoding: &'static Encoding,
    decoder: encoding_rs::Decoder,
    /// Bytes read and not yet decoded.
    input: Vec<u8>,
    at: usize,
    /// Bytes of the file before `input`.
    passed: u64,
    ended: bool,
    /// True when the decoder has seen the end; it can't be asked again.
    finished: bool,
    /// Text decoded and not yet handed on.
    output: Vec<u8>,
    given: usize,
}

impl Decoder {
    pub fn new(bytes: Bytes, encoding: &'static Encoding) -> Self {
        Self {
            bytes,
            encoding,
            decoder: encoding.new_decoder_with_bom_removal(),
            input: Vec::new(),
            at: 0,
            passed: 0,
            ended: false,
            finished: false,
            output: Vec::new(),
            given: 0,
        }
    }

    /// Brings in more bytes, unless some are left.
    fn fill(&mut self) -> io::Result<()> {
        if self.at < self.input.len() || self.ended {
            return Ok(());
        }
        self.passed += self.input.len() as u64;
        self.at = 0;
        self.input.resize(CHUNK, 0);
        let count = loop {
            match self.bytes.read(&mut self.input) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.input.truncate(count);
        self.ended = count == 0;
        Ok(())
    }

    /// Decodes what is at hand.
    fn decode(&mut self) -> io::Result<()> {
        self.output.resize(CHUNK * 3, 0);
        let Self { decoder, input, output, .. } = self;
        let rest = input.get(self.at..).unwrap_or(&[]);
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(rest, output, self.ended);
        self.at += read;
        self.output.truncate(written);
        self.given = 0;
        match result {
            DecoderResult::Malformed(length, after) => {
                // The bad bytes have been consumed, and perhaps some behind them.
                let back = u64::from(length) + u64::from(after);
                let byte = (self.passed + self.at as u64).saturating_sub(back);
                let encoding = self.encoding.name();
                Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    format!("invalid {encoding} at byte {byte}"),
                ))
            }
            DecoderResult::InputEmpty => {
                self.finished = self.ended;
                Ok(())
            }
            DecoderResult::OutputFull => Ok(()),
        }
    }
}

impl Read for Decoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.output.len() && !self.finished {
            self.fill()?;
            self.decode()?;
        }
        let rest = self.output.get(self.given..).unwrap_or(&[]);
        let count = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.given += count;
        Ok(count)
    }
}
