//! How a file is called in reports that other programs look files up by: its path with slashes, and
//! its URI (RFC 3986, RFC 8089).

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What can't stand for itself in a segment of a URI's path. The colon could, but not in the first
/// segment of a relative one.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The path as the user gave it, with slashes between its parts and without a leading `./`. On
/// Windows the backslash parts a path, elsewhere it is a character of a name like others.
pub(crate) fn slashed(name: &str, windows: bool) -> String {
    let name = if windows { name.replace('\\', "/") } else { name.to_owned() };
    let mut rest = name.as_str();
    while let Some(shorter) = rest.strip_prefix("./").filter(|shorter| !shorter.is_empty()) {
        rest = shorter.trim_start_matches('/');
    }
    rest.to_owned()
}

/// The URI of a path: a `file:` URI of an absolute one, a relative reference of a relative one.
pub(super) fn uri(name: &str, windows: bool) -> String {
    let path = slashed(name, windows);
    if windows {
        // `\\?\` and `\\.\` only say that the rest is to be taken as it stands.
        let plain = path.strip_prefix("//?/").or_else(|| path.strip_prefix("//./"));
        let plain = plain.unwrap_or(&path);
        if let Some((drive, rest)) = drive(plain) {
            // A path within a drive's current folder (`C:a.json`) has no URI; this is the nearest.
            return format!("file:///{drive}:/{}", encoded(rest.trim_start_matches('/')));
        }
        let share = plain.strip_prefix("UNC/").filter(|_| plain.len() < path.len());
        if let Some(share) = share.or_else(|| plain.strip_prefix("//")) {
            return format!("file://{}", encoded(share));
        }
        return rooted_or_relative(plain);
    }
    rooted_or_relative(&path)
}

fn rooted_or_relative(path: &str) -> String {
    match path.strip_prefix('/') {
        Some(rest) => format!("file:///{}", encoded(rest.trim_start_matches('/'))),
        None => encoded(path),
    }
}

/// The letter of a drive and what stands behind its colon.
fn drive(path: &str) -> Option<(char, &str)> {
    let (letter, rest) = path.split_once(':')?;
    let mut letters = letter.chars();
    let drive = letters.next().filter(char::is_ascii_alphabetic)?;
    letters.next().is_none().then_some((drive, rest))
}

fn encoded(path: &str) -> String {
    utf8_percent_encode(path, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_of_paths() {
        for (name, windows, expected) in [
            ("a.json", false, "a.json"),
            ("./segments/../a.json", false, "segments/../a.json"),
            (".//./a.json", false, "a.json"),
            ("./", false, "./"),
            ("segments/Größe 100%.json", false, "segments/Gr%C3%B6%C3%9Fe%20100%25.json"),
            ("a#b?c[d]{e}|^`\"<f>.json", false, "a%23b%3Fc%5Bd%5D%7Be%7D%7C%5E%60%22%3Cf%3E.json"),
            ("a:b.json", false, "a%3Ab.json"),
            ("back\\slash.json", false, "back%5Cslash.json"),
            ("/data/é/a b.json", false, "file:///data/%C3%A9/a%20b.json"),
            ("//srv/a.json", false, "file:///srv/a.json"),
            ("<stdin>", false, "%3Cstdin%3E"),
            ("segments\\vip.json", true, "segments/vip.json"),
            (".\\segments\\vip.json", true, "segments/vip.json"),
            ("C:\\Users\\é\\a b.json", true, "file:///C:/Users/%C3%A9/a%20b.json"),
            ("\\\\?\\C:\\a.json", true, "file:///C:/a.json"),
            ("\\\\server\\share\\a b.json", true, "file://server/share/a%20b.json"),
            ("\\\\?\\UNC\\server\\share\\a.json", true, "file://server/share/a.json"),
            ("UNC\\a.json", true, "UNC/a.json"),
            ("\\a.json", true, "file:///a.json"),
        ] {
            assert_eq!(uri(name, windows), expected, "{name}");
        }
    }
}
