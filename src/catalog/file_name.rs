//! Names of files, made from titles: `opened-last-five-campaigns.16.json`.
//!
//! The title is there for people who look at the folder or at a pull request, the id so that no two
//! names clash, whatever the titles and whether or not the file system minds case. A name says nothing
//! that the file doesn't say itself: where the two differ, the file is right.

use crate::value::fold;

/// The most bytes that the part made from the title has. With the longest id and the extension a name
/// stays well below the 255 bytes that file systems take.
const LONGEST: usize = 80;

/// How the files of a catalog end.
pub const EXTENSION: &str = "json";

/// Names that Windows keeps for devices, whatever follows them behind a dot.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// The same, with a digit behind.
const NUMBERED_DEVICES: &[&str] = &["com", "lpt"];

/// The name of the file of a segment.
pub fn file_name(title: &str, id: &str) -> String {
    format!("{}.{}.{EXTENSION}", words(title), safe_id(id))
}

/// The id that a name says, as [`safe_id`] writes it; `None` for a name of another make.
pub fn id_in(name: &str) -> Option<&str> {
    let stem = name.strip_suffix(EXTENSION)?.strip_suffix('.')?;
    stem.rsplit_once('.').map(|(_, id)| id).filter(|id| !id.is_empty())
}

/// An id as a part of a name. Ids are digits, of one kind or the other; what else was imported or
/// written by hand must not lead out of the folder.
pub fn safe_id(id: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    id.chars().map(safe).take(64).collect()
}

/// A title as a part of a name: letters and digits, in lower case, joined by hyphens.
fn words(title: &str) -> String {
    let mut words = String::new();
    for c in fold(title).chars() {
        let joins = !words.is_empty() && !words.ends_with('-');
        match c.is_alphanumeric() {
            true => words.push(c),
            false if joins => words.push('-'),
            false => {}
        }
        if words.len() >= LONGEST {
            break;
        }
    }
    let words = words.trim_end_matches('-');
    if words.is_empty() {
        return "segment".to_owned();
    }
    if is_device(words) { format!("segment-{words}") } else { words.to_owned() }
}

fn is_device(words: &str) -> bool {
    let digit = |rest: &str| {
        let mut rest = rest.chars();
        rest.next().is_some_and(|c| c.is_ascii_digit() || "¹²³".contains(c))
            && rest.next().is_none()
    };
    let numbered = |name: &&str| words.strip_prefix(*name).is_some_and(digit);
    DEVICES.contains(&words) || NUMBERED_DEVICES.iter().any(numbered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn titles_of_every_kind() {
        for (title, name) in [
            ("Opened last five campaigns", "opened-last-five-campaigns.16.json"),
            ("../x", "x.16.json"),
            ("/etc/passwd", "etc-passwd.16.json"),
            ("CON", "segment-con.16.json"),
            ("Con.", "segment-con.16.json"),
            ("com1", "segment-com1.16.json"),
            ("LPT³", "segment-lpt³.16.json"),
            ("com10", "com10.16.json"),
            ("VIP", "vip.16.json"),
            ("vip", "vip.16.json"),
            ("  a . b...  ", "a-b.16.json"),
            ("🎉🎉", "segment.16.json"),
            ("VIP 🎉 Kunden", "vip-kunden.16.json"),
            ("Größe über 50", "größe-über-50.16.json"),
            ("年龄 13", "年龄-13.16.json"),
            ("", "segment.16.json"),
            (".hidden", "hidden.16.json"),
            ("a\0b\nc", "a-b-c.16.json"),
            ("-rf", "rf.16.json"),
        ] {
            assert_eq!(file_name(title, "16"), name, "{title:?}");
        }
    }

    #[test]
    fn ids_in_names() {
        for (name, id) in [
            ("a.16.json", Some("16")),
            ("a.b.dba84a22.json", Some("dba84a22")),
            ("16.json", None),
            ("a..json", None),
            ("a.16.toml", None),
            ("json", None),
        ] {
            assert_eq!(id_in(name), id, "{name}");
        }
    }

    proptest! {
        #[test]
        fn no_title_makes_a_bad_name(title in "\\PC{0,300}|[./\\\\:*?\"<>|\\x00-\\x1f ]{0,40}", id in "\\PC{1,80}") {
            let name = file_name(&title, &id);
            prop_assert!(name.len() <= 200, "{name}");
            prop_assert!(!name.starts_with(['.', '-', ' ']), "{name}");
            let bad = |c: char| c.is_control() || "/\\:*?\"<>| ".contains(c);
            prop_assert!(!name.chars().any(bad), "{name}");
            let safe = safe_id(&id);
            prop_assert_eq!(id_in(&name), Some(safe.as_str()));
        }
    }
}
