//! Rows that can't be read, through the real binary: left out, kept, mended, and read again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use assert_cmd::Command;
use std::fs;
use std::io::Write;
use std::path::Path;

const MARK: &str = "# segkit: rejects; mend the rows and read this file like any other, lines that begin like this one are left out\n";

/// A dump with bad rows: what becomes of them, how each is mended, and who was in and comes in.
struct Case {
    file: &'static str,
    /// What is said of it, and of the rejects with it.
    flags: &'static [&'static str],
    text: &'static [u8],
    members: &'static str,
    rejects: &'static [u8],
    mended: &'static [(&'static [u8], &'static [u8])],
    then: &'static str,
}

const CASES: &[Case] = &[
    Case {
        file: "contacts.csv",
        flags: &[],
        text: b"id,email,state\n1,a@x.org,MA\n2,b@x.org,MA,extra\n3,c@x.org\n5,\xff@x.org,MA\n\"6\",\"f@x.org,MA\n7,g@x.org,MA\r\n",
        members: "1\n7\n",
        rejects: b"id,email,state\n\
            # segkit: contacts.csv:3, byte 28: the row has 4 fields, the header has 3\n2,b@x.org,MA,extra\n\
            # segkit: contacts.csv:4, byte 47: the row has 2 fields, the header has 3\n3,c@x.org\n\
            # segkit: contacts.csv:5:3, byte 59: invalid UTF-8 at byte 59\n5,\xff@x.org,MA\n\
            # segkit: contacts.csv:6:5, byte 74: the quote opened here is never closed; the file ends at line 8\n\"6\",\"f@x.org,MA\n",
        mended: &[
            (b",extra", b""),
            (b"3,c@x.org", b"3,c@x.org,RI"),
            (b"\xff", b"e"),
            (b"\"f@", b"f@"),
        ],
        then: "2\n5\n6\n",
    },
    Case {
        file: "contacts.jsonl",
        flags: &[],
        text: br#"{"id":"1","state":"MA"}
{"id":"2","state":
[1,2]
{"id":"3","id":"4","state":"MA"}
nonsense
{"id":"6","state":{"a":["b"]}}
{"id":"7","state":"MA\ud800"}
{"id":"8","state":"MA"}"#,
        members: "1\n8\n",
        rejects: br#"# segkit: contacts.jsonl:2:18, byte 41: malformed JSON: EOF while parsing a value
{"id":"2","state":
# segkit: contacts.jsonl:3:1, byte 43: expected a record (a JSON object), found an array
[1,2]
# segkit: contacts.jsonl:4:14, byte 62: the key `id` is there twice
{"id":"3","id":"4","state":"MA"}
# segkit: contacts.jsonl:5:1, byte 82: expected a record (a JSON object), found `n`
nonsense
# segkit: contacts.jsonl:6:19, byte 109: `state` holds an object where text was expected
{"id":"6","state":{"a":["b"]}}
# segkit: contacts.jsonl:7:22, byte 143: malformed JSON: lone surrogate in a `\u` escape
{"id":"7","state":"MA\ud800"}
"#,
        mended: &[
            (b"\"state\":\n", b"\"state\":\"MA\"}\n"),
            (b"[1,2]\n", b""),
            (b"\"id\":\"4\",", b""),
            (b"nonsense\n", b"\n"),
            (br#"{"a":["b"]}"#, b"\"RI\""),
            (b"\\ud800", b""),
        ],
        then: "2\n3\n7\n",
    },
    Case {
        file: "array.json",
        flags: &[],
        text: br#"[{"id":"1","state":"MA"},{"id":"2","state":MA},
            {"id":"3","state":"MA"}]"#,
        members: "1\n3\n",
        rejects: br#"# segkit: array.json:1:44, byte 43: malformed JSON: expected value
{"id":"2","state":MA}
"#,
        mended: &[(b"state\":MA", b"state\":\"MA\"")],
        then: "2\n",
    },
    Case {
        file: "first.jsonl",
        flags: &[],
        text: b"{\"id\":\n{\"id\":\"1\",\"state\":\"MA\"}\n",
        members: "1\n",
        rejects: b"# segkit: first.jsonl:3:1, byte 31: the file is cut short: the object opened at line 1, column 1 is not closed\n{\"id\":\n",
        mended: &[(b"\"id\":\n", b"\"id\":\"9\",\"state\":\"ma\"}\n")],
        then: "9\n",
    },
    Case {
        file: "tap.jsonl",
        flags: &[],
        text: br#"{"type":"SCHEMA","stream":"contacts","schema":{}}
{"type":"RECORD","stream":"contacts","record":{"id":"1","state":"MA"}}
{"id":"2","state":"MA"}
{"type":"RECORD","stream":"contacts","record":{"id":"3","id":"4","state":"MA"}}
{"type":"RECORD","stream":"contacts","record":{"id":"5","state":"MA"}
{"type":"RECORD","stream":"contacts","record":{"id":"6","state":"MA"}}
"#,
        members: "1\n6\n",
        rejects: br#"# segkit: tap.jsonl:3:1, byte 121: is no message of a Singer tap or an Airbyte source, as the lines before it are
{"id":"2","state":"MA"}
# segkit: tap.jsonl:4:60, byte 204: the key `id` is there twice
{"type":"RECORD","stream":"contacts","record":{"id":"3","id":"4","state":"MA"}}
# segkit: tap.jsonl:5:69, byte 293: malformed JSON: EOF while parsing an object
{"type":"RECORD","stream":"contacts","record":{"id":"5","state":"MA"}
"#,
        mended: &[
            (b"{\"id\":\"2\",\"state\":\"MA\"}", br#"{"type":"RECORD","stream":"contacts","record":{"id":"2","state":"MA"}}"#),
            (b"\"id\":\"3\",", b""),
            (b"\"5\",\"state\":\"MA\"}", b"\"5\",\"state\":\"MA\"}}"),
        ],
        then: "2\n4\n5\n",
    },
    // The rejects are UTF-8 and begin with their header, whatever is said of the file.
    Case {
        file: "report.csv",
        flags: &["--encoding", "latin1", "--skip-lines", "1"],
        text: b"Report of M\xe4rz\n\nid;email;state\n1;a@x.org;MA\n2;ren\xe9@x.org;MA;extra\n",
        members: "1\n",
        rejects: "id;email;state\n\
            # segkit: report.csv:5, byte 45: the row has 4 fields, the header has 3\n2;rené@x.org;MA;extra\n"
            .as_bytes(),
        mended: &[(b";extra", b"")],
        then: "2\n",
    },
];

fn members(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("segkit").unwrap();
    command.args(["eval", "ma.json", "--format", "ids", "--as-of", "2024-06-01", "-q", "-c"]);
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn replaced(text: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    // From behind: the remark above a row may quote it.
    let at = text.windows(old.len()).rposition(|window| window == old).unwrap();
    [&text[..at], new, &text[at + old.len()..]].concat()
}

/// The same text as files may hold it: as it is, packed, and in UTF-16 where it is text at all.
fn packings(text: &[u8]) -> Vec<Vec<u8>> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text).unwrap();
    let zstd = zstd::encode_all(text, 1).unwrap();
    let utf16 = std::str::from_utf8(text).ok().map(|text| {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    });
    [text.to_vec(), gzip.finish().unwrap(), zstd].into_iter().chain(utf16).collect()
}

#[test]
fn bad_rows_are_kept_mended_and_read_again() {
    let packed = CASES
        .iter()
        .flat_map(|case| packings(case.text).into_iter().map(move |bytes| (case, bytes)));
    for (case, bytes) in packed {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let criteria = r#"{"type":"and","group":[{"source":"contact","field":"state","op":"eq","value":"MA"}]}"#;
        fs::write(path.join("ma.json"), criteria).unwrap();
        fs::write(path.join(case.file), bytes).unwrap();
        let skip = [&[case.file, "--on-bad-row", "skip", "--rejects", "kept"], case.flags].concat();
        assert_eq!(members(path, &skip), case.members, "{}", case.file);
        let kept = fs::read(path.join("kept")).unwrap();
        let expected = [MARK.as_bytes(), case.rejects].concat();
        let (found, wanted) = (String::from_utf8_lossy(&kept), String::from_utf8_lossy(&expected));
        assert_eq!(found, wanted, "{}", case.file);
        let mended = case.mended.iter().fold(kept, |text, (old, new)| replaced(&text, old, new));
        fs::write(path.join("kept"), &mended).unwrap();
        let again = [&["kept"], case.flags].concat();
        assert_eq!(members(path, &again), case.then, "{}", String::from_utf8_lossy(&mended));
    }
}

#[test]
fn rows_under_different_headers_are_kept_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(
        path.join("ma.json"),
        r#"{"source":"contact","field":"state","op":"eq","value":"MA"}"#,
    )
    .unwrap();
    fs::write(path.join("a.csv"), "id,state\n1,MA\n2\n").unwrap();
    fs::write(path.join("b.csv"), "id,email,state\n3,x@x.org,MA\n4\n").unwrap();
    let skip = ["a.csv", "b.csv", "--on-bad-row", "skip", "--rejects", "kept.csv"];
    assert_eq!(members(path, &skip), "1\n3\n");
    assert!(fs::read_to_string(path.join("kept.csv")).unwrap().ends_with("2\n"));
    assert!(fs::read_to_string(path.join("kept-2.csv")).unwrap().ends_with("4\n"));
}
