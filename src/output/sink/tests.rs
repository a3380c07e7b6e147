//! Files, numbered files, packed files, and what can't be replaced.

use super::*;
use crate::output::Out;
use std::collections::BTreeMap;
use std::io::Read;

/// What a folder holds, hidden files among it.
fn held(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let named = |entry: std::fs::DirEntry| {
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        (entry.file_name().into_string().unwrap(), text)
    };
    entries.map(named).collect()
}

fn map(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Writes parts, one text each, to numbered files.
fn split(target: &Path, parts: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut list = List::split(target)?;
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            assert!(list.cut()?);
        }
        list.write_all(part.as_bytes())?;
    }
    list.commit(&mut io::sink())
}

#[test]
fn a_file_appears_only_when_committed() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("list.csv");
    let mut sink = Sink::file(&target).unwrap();
    writeln!(sink, "email").unwrap();
    assert!(!target.exists());
    sink.commit(&mut io::sink()).unwrap();
    assert_eq!(held(folder.path()), map(&[("list.csv", "email\n")]));
    let mut again = Sink::file(&target).unwrap();
    writeln!(again, "id").unwrap();
    drop(again);
    assert_eq!(held(folder.path()), map(&[("list.csv", "email\n")]));
    let mut again = Sink::file(&target).unwrap();
    writeln!(again, "id").unwrap();
    again.commit(&mut io::sink()).unwrap();
    assert_eq!(held(folder.path()), map(&[("list.csv", "id\n")]));
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_has_a_name_while_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut list = List::split(&folder.path().join("list.csv")).unwrap();
    writeln!(list, "a").unwrap();
    list.cut().unwrap();
    writeln!(list, "b").unwrap();
    assert_eq!(held(folder.path()), map(&[]));
}

#[test]
fn hidden_files_serve_where_there_can_be_none_without_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("list.csv");
    for text in ["before", "after"] {
        let mut file = Pending::hidden(folder.path()).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let held = held(folder.path());
        assert!(held.keys().any(|name| name.starts_with(".segkit-")), "{held:?}");
        file.settle().unwrap().appear(&target).unwrap();
    }
    drop(Pending::hidden(folder.path()).unwrap());
    assert_eq!(held(folder.path()), map(&[("list.csv", "after")]));
}

#[test]
fn of_very_many_lists_none_is_kept_open() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("list.csv");
    for (split, names) in [(false, &["list.csv"][..]), (true, &["list-001.csv", "list-002.csv"])] {
        let mut list = List::one_of(1_000, &target, split).unwrap();
        assert!(matches!(list.sink.writer, Packer::Plain(ref out) if matches!(
            out.get_ref(),
            Body::Pending(Pending::Shut(_))
        )));
        // More than is gathered, so that it is written to several times.
        let text = "email\n".repeat(20_000);
        list.write_all(text.as_bytes()).unwrap();
        assert_eq!(list.cut().unwrap(), split);
        list.write_all(b"last\n").unwrap();
        let settled = list.settle().unwrap();
        assert!(held(folder.path()).keys().all(|name| name.starts_with(".segkit-")));
        settled.appear(&mut io::sink()).unwrap();
        let all: String = names.iter().map(|name| held(folder.path())[*name].clone()).collect();
        assert_eq!(all, text + "last\n");
        names.iter().for_each(|name| std::fs::remove_file(folder.path().join(name)).unwrap());
    }
}

#[test]
fn parts_are_numbered() {
    for (name, parts, expected) in [
        ("a.csv", &["1", "2"][..], map(&[("a-001.csv", "1"), ("a-002.csv", "2")])),
        ("a.b.csv", &["1"], map(&[("a.b-001.csv", "1")])),
        ("list", &["1"], map(&[("list-001", "1")])),
        (".csv", &["1"], map(&[(".csv-001", "1")])),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let paths = split(&folder.path().join(name), parts).unwrap();
        assert_eq!((held(folder.path()), paths.len()), (expected, parts.len()), "{name}");
    }
}

#[test]
fn there_may_be_more_parts_than_files_can_be_open() {
    let folder = tempfile::tempdir().unwrap();
    let parts: Vec<String> = (1..=1_100).map(|number| number.to_string()).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let paths = split(&folder.path().join("a.csv"), &parts).unwrap();
    assert_eq!(paths.first(), Some(&folder.path().join("a-0001.csv")));
    let held = held(folder.path());
    assert_eq!((held.len(), held["a-0001.csv"].as_str()), (1_100, "1"));
    assert_eq!(held["a-1100.csv"], "1100");
}

#[test]
fn parts_of_another_list_are_not_mixed_in() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("a.csv");
    split(&target, &["1", "2", "3"]).unwrap();
    let error = split(&target, &["x", "y"]).unwrap_err().to_string();
    assert!(error.contains("a-003.csv would pass for a part"), "{error}");
    assert_eq!(held(folder.path())["a-001.csv"], "1");
    split(&target, &["x", "y", "z", "w"]).unwrap();
    assert_eq!(held(folder.path())["a-004.csv"], "w");
}

#[test]
fn what_is_called_like_a_part() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for (target, path, expected) in [
        ("a.csv", "a-001.csv", true),
        ("a.csv", "a-2024.csv", true),
        ("a.csv", "a-01.csv", false),
        ("a.csv", "a-001.json", false),
        ("a.csv", "b-001.csv", false),
        ("a.csv", "a-001x.csv", false),
        ("a.csv", "inner/a-001.csv", false),
        ("a.csv.gz", "a-001.csv.gz", true),
        ("a.csv.gz", "a.csv-001.gz", false),
    ] {
        assert_eq!(is_part_of(&at(target), &at(path)), expected, "{target} {path}");
    }
}

#[test]
fn the_name_says_how_it_is_packed() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    split(&at("a.csv.gz"), &["one", "two"]).unwrap();
    let mut text = String::new();
    let file = std::fs::File::open(at("a-002.csv.gz")).unwrap();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    assert_eq!(text, "two");
    let mut sink = Sink::file(&at("a.zst")).unwrap();
    sink.write_all(b"three").unwrap();
    sink.commit(&mut io::sink()).unwrap();
    let packed = std::fs::read(at("a.zst")).unwrap();
    assert_eq!(zstd::decode_all(packed.as_slice()).unwrap(), b"three");
}

#[cfg(unix)]
#[test]
fn links_and_devices_stay_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let [file, link] = ["file", "link"].map(|name| folder.path().join(name));
    std::fs::write(&file, "before").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    for target in [link.as_path(), Path::new("/dev/null")] {
        let mut sink = Sink::file(target).unwrap();
        writeln!(sink, "after").unwrap();
        sink.commit(&mut io::sink()).unwrap();
        let kind = std::fs::symlink_metadata(target).unwrap().file_type();
        assert!(!kind.is_file(), "{}", target.display());
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "after\n");
    let error = List::split(Path::new("/dev/null")).unwrap_err();
    assert!(error.to_string().contains("no file"), "{error}");
}

#[cfg(unix)]
#[test]
fn permissions_are_the_usual_ones_or_stay() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mode = |name: &str| {
        let metadata = std::fs::metadata(folder.path().join(name)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    std::fs::write(folder.path().join("usual"), "").unwrap();
    for private in [false, true] {
        let target = folder.path().join("list");
        if private {
            std::fs::set_permissions(&target, PermissionsExt::from_mode(0o640)).unwrap();
        }
        Sink::file(&target).unwrap().commit(&mut io::sink()).unwrap();
        assert_eq!(mode("list"), if private { 0o640 } else { mode("usual") });
        let hidden = Pending::hidden(folder.path()).unwrap();
        hidden.settle().unwrap().appear(&folder.path().join("new")).unwrap();
        assert_eq!(mode("new"), mode("usual"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn only_what_is_opened_is_written_behind() {
    for (name, expected) in [
        ("/dev/null", true),
        ("/dev/stderr", true),
        ("/dev/fd/3", true),
        ("/proc/self/fd/2", true),
        ("/dev/shm/list.csv", false),
        ("list.csv", false),
    ] {
        assert_eq!(is_special(Path::new(name)), expected, "{name}");
    }
}

#[test]
fn standard_output_waits() {
    for sink in [Sink::standard(), Sink::file(Path::new("/dev/stdout")).unwrap()] {
        let mut sink = sink;
        writeln!(sink, "1").unwrap();
        let mut out = Vec::new();
        sink.commit(&mut out).unwrap();
        assert_eq!(out, b"1\n");
    }
}
