//! The lines of a text file that is neither CSV nor JSON.

use super::error::{DumpError, Place, Reason};
use super::input::Input;
use super::open::Opened;
use std::io::{BufRead, BufReader};

/// The lines of a file, unpacked and decoded.
///
/// # Errors
///
/// The file can't be read, or isn't text.
pub fn read_lines(input: &Input) -> Result<Vec<String>, DumpError> {
    let opened = Opened::open(input, true)?;
    let mut lines = Vec::new();
    for (at, line) in BufReader::new(opened.reader()?).lines().enumerate() {
        let place = Place::line(at as u64 + 1);
        let line = line.map_err(|error| DumpError::at(&opened.name, place, Reason::from(error)))?;
        let line = line.strip_prefix('\u{feff}').filter(|_| at == 0).unwrap_or(&line);
        lines.push(line.to_owned());
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_without_their_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ids.txt");
        let input = Input::file(&path);
        for (bytes, lines) in [
            (&b"\xef\xbb\xbfa\r\nb\n\nc"[..], Some(vec!["a", "b", "", "c"])),
            (b"", Some(vec![])),
            (b"a\n\xff\n", None),
        ] {
            std::fs::write(&path, bytes).unwrap();
            let read = read_lines(&input);
            let expected = lines.map(|lines| lines.into_iter().map(str::to_owned).collect());
            assert_eq!(read.as_ref().ok(), expected.as_ref(), "{read:?}");
        }
        let fault = read_lines(&input).unwrap_err().to_string();
        assert!(fault.contains("ids.txt:2"), "{fault}");
    }
}
