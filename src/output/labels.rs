//! What the segments of one run are called, and the files of their lists: each by a name of its own
//! (`docs/data.md`, "Several segments").

use crate::value::fold;
use hashbrown::{HashMap, HashSet};
use std::path::Path;

/// What tells a segment from the others of a run.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The name that its criteria give it.
    pub name: Option<&'a str>,
    /// The criteria file, as it was given.
    pub file: &'a str,
    /// Which segment of the file it is, from 1.
    pub number: usize,
    /// Whether the file holds others.
    pub among_others: bool,
}

impl Source<'_> {
    /// What it may be called, the best first.
    fn labels(&self) -> Vec<String> {
        let path = Path::new(self.file);
        let stem = path.file_stem().map_or_else(|| self.file.into(), |stem| stem.to_string_lossy());
        let mut places = vec![stem.into_owned(), self.file.to_owned()];
        if self.among_others {
            places.iter_mut().for_each(|place| place.push_str(&format!("#{}", self.number)));
        }
        match self.name.map(str::trim).filter(|name| !name.is_empty()) {
            None => places,
            Some(name) => {
                let placed = places.iter().map(|place| format!("{name} ({place})"));
                [name.to_owned()].into_iter().chain(placed).collect()
            }
        }
    }
}

/// A label for each segment, no two the same, case aside: its name. Segments without one are called
/// after their file, and those of one name bear the file behind it: its name without folders and
/// extension, where that isn't enough its path; behind that, `#2` for the second segment of a file.
pub fn labels(segments: &[Source<'_>]) -> Vec<String> {
    let forms: Vec<Vec<String>> = segments.iter().map(Source::labels).collect();
    let mut form = vec![0; forms.len()];
    let at = |form: &[usize]| -> Vec<String> {
        let chosen = forms.iter().zip(form).map(|(forms, &at)| forms.get(at).cloned());
        chosen.map(Option::unwrap_or_default).collect()
    };
    loop {
        let now = at(&form);
        let mut bearers: HashMap<String, usize> = HashMap::new();
        for label in &now {
            *bearers.entry(fold(label)).or_default() += 1;
        }
        let mut moved = false;
        for ((label, form), forms) in now.iter().zip(&mut form).zip(&forms) {
            let shared = bearers.get(&fold(label)).is_some_and(|&bearers| bearers > 1);
            if shared && *form + 1 < forms.len() {
                *form += 1;
                moved = true;
            }
        }
        if !moved {
            return numbered(now, " ");
        }
    }
}

/// Names of files for labels, without folder and extension, no two the same, case aside. Letters and
/// digits of any script stand as they are, and `-`, `_` and `.`; whatever else there is becomes a
/// hyphen, several of them one.
pub fn file_names(labels: &[String]) -> Vec<String> {
    numbered(labels.iter().map(|label| file_name(label)).collect(), "-")
}

/// Bytes of a name at most: systems take 255 with what is added to it.
const LONGEST: usize = 120;

/// What a file can't be called on Windows, whatever its extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

fn file_name(label: &str) -> String {
    let mut name = String::new();
    for c in label.chars() {
        let kept = c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let c = if kept { c } else { '-' };
        if c == '-' && name.ends_with('-') {
            continue;
        }
        if name.len() + c.len_utf8() > LONGEST {
            break;
        }
        name.push(c);
    }
    // A dot in front would hide the file, one at the end is lost on Windows.
    let name = name.trim_matches(['-', '.']);
    let port = |name: &str| ["com", "lpt"].iter().any(|port| name.starts_with(port));
    let folded = fold(name.split('.').next().unwrap_or(name));
    match folded.as_str() {
        "" => "segment".to_owned(),
        device if DEVICES.contains(&device) || device.len() == 4 && port(device) => {
            format!("segment-{name}")
        }
        _ => name.to_owned(),
    }
}

/// The names, with a number behind those that an earlier one has already.
fn numbered(names: Vec<String>, before: &str) -> Vec<String> {
    let mut taken: HashSet<String> = names.iter().map(|name| fold(name)).collect();
    let mut met = HashSet::new();
    let one = |name: String| {
        if met.insert(fold(&name)) {
            return name;
        }
        let mut further = (2_u64..).map(|number| format!("{name}{before}{number}"));
        let free = further.find(|name| !taken.contains(&fold(name))).unwrap_or_default();
        taken.insert(fold(&free));
        met.insert(fold(&free));
        free
    };
    names.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names, files and numbers, `0` for a segment that is alone in its file.
    fn labelled(segments: &[(&str, &str, usize)]) -> Vec<String> {
        let segments: Vec<Source<'_>> = segments
            .iter()
            .map(|&(name, file, number)| Source {
                name: Some(name).filter(|name| !name.is_empty()),
                file,
                number: number.max(1),
                among_others: number > 0,
            })
            .collect();
        labels(&segments)
    }

    #[test]
    fn names_first_then_files() {
        for (segments, expected) in [
            (&[("VIP", "a.json", 0), ("Old ", "b.json", 0)][..], &["VIP", "Old"][..]),
            (&[("", "x/a.json", 0), ("", "-", 0)], &["a", "-"]),
            (&[("", "a.jsonl", 1), ("", "a.jsonl", 2)], &["a#1", "a#2"]),
            (&[("VIP", "a.json", 0), ("vip", "b.json", 0)], &["VIP (a)", "vip (b)"]),
            (
                &[("VIP", "x/a.json", 0), ("VIP", "y/a.json", 0)],
                &["VIP (x/a.json)", "VIP (y/a.json)"],
            ),
            (&[("VIP", "a.json", 1), ("VIP", "a.json", 2)], &["VIP (a#1)", "VIP (a#2)"]),
            (&[("", "x/a.json", 0), ("", "y/A.json", 0)], &["x/a.json", "y/A.json"]),
            (&[("", "x/a.json", 0), ("a", "b.json", 0)], &["x/a.json", "a (b)"]),
            (&[("", "a.json", 0), ("", "A.json", 0)], &["a.json", "A.json 2"]),
            (&[], &[]),
        ] {
            assert_eq!(labelled(segments), expected, "{segments:?}");
        }
    }

    #[test]
    fn files_are_called_after_labels() {
        let long = "ä".repeat(100);
        for (label, expected) in [
            ("Non-Openers-US", "Non-Openers-US"),
            ("Opened the mail, clicked nothing", "Opened-the-mail-clicked-nothing"),
            ("../../etc/passwd", "etc-passwd"),
            ("VIP (a#1)", "VIP-a-1"),
            ("書店 50 %", "書店-50"),
            (" \u{1b}[2J ", "2J"),
            ("?", "segment"),
            ("NUL.x", "segment-NUL.x"),
            ("com1", "segment-com1"),
            ("compote", "compote"),
            (&long, &"ä".repeat(60)),
        ] {
            assert_eq!(file_name(label), expected, "{label}");
        }
    }

    #[test]
    fn no_two_files_are_one() {
        let labels = ["a b", "A?b", "a-b-2", "a:b"].map(str::to_owned);
        assert_eq!(file_names(&labels), ["a-b", "A-b-3", "a-b-2", "a-b-4"]);
    }
}
