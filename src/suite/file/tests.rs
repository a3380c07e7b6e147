//! What test files say, and what they can't.

use super::*;

fn parsed(text: &str) -> Result<SuiteFile, String> {
    SuiteFile::parse(Path::new("x/a.test.toml"), text).map_err(|error| error.to_string())
}

/// A file that says what it must, and this.
fn with(text: &str) -> Result<SuiteFile, String> {
    parsed(&format!("criteria = \"a.json\"\nas_of = 2024-06-01\ncontacts = \"c.csv\"\n{text}"))
}

#[test]
fn cases_share_what_stands_above_them() {
    let text = r#"criteria = "a.json"
as_of = "2024-06-01"
timezone = "+02:00"
window = "activity"
contacts = "c.csv"
[[contact]]
email = "a@x"
[[case]]
name = "one"
count = 1
[[case]]
as_of = 2024-07-01T12:00:00Z
criteria = "../b.json"
segment = "B"
status = "ALL"
missing_columns = "blank"
in = "a@x"
[[case.contact]]
email = "b@x"
[[case.activity]]
email = "b@x"
"#;
    let file = parsed(text).unwrap();
    let [one, two] = file.cases.as_slice() else { panic!("{file:?}") };
    assert_eq!((one.name.as_str(), one.place.line), ("one", 8));
    assert_eq!((two.name.as_str(), two.place.line), ("case 2", 11));
    assert_eq!(one.criteria, Path::new("x/a.json"));
    assert_eq!(two.criteria, Path::new("x/../b.json"));
    assert_eq!((one.segment.as_deref(), two.segment.as_deref()), (None, Some("B")));
    let options = [one.options(), two.options()];
    assert_eq!(options[0].as_of.to_string(), "2024-05-31T22:00:00Z");
    assert_eq!(options[1].as_of.to_string(), "2024-07-01T12:00:00Z");
    for options in &options {
        assert_eq!(options.window, WindowReading::Activity);
    }
    assert_eq!(options[0].status, StatusChoice::OfSegment);
    assert_eq!(options[1].status, StatusChoice::All);
    assert_eq!(options[1].missing_columns, MissingColumns::Blank);
    let shown = |case: &Case, which| -> Vec<String> {
        case.settings.files(which).iter().map(Input::name).collect()
    };
    for case in [one, two] {
        assert_eq!(shown(case, Files::Contacts), ["x/c.csv", "x/a.test.toml"]);
    }
    assert!(shown(one, Files::Tracking).is_empty());
    assert_eq!(shown(two, Files::Tracking), ["x/a.test.toml"]);
    assert_eq!(two.expectations.all[0].what, Expected::In(vec![0]));
    assert_eq!(two.expectations.all[0].place.line, 17);
}

#[test]
fn a_file_without_cases_is_one() {
    let file = with("name = \"whole\"\nmembers = []\nat_least = 0x10").unwrap();
    let [case] = file.cases.as_slice() else { panic!("{file:?}") };
    assert_eq!((case.name.as_str(), case.place.line), ("whole", 5));
    let expected: Vec<_> = case.expectations.all.iter().map(|one| one.what.clone()).collect();
    assert_eq!(expected, [Expected::Members(vec![]), Expected::AtLeast(16)]);
}

#[test]
fn what_a_file_cannot_say() {
    for (text, expected) in [
        ("count = ", "4:9: "),
        ("cuont = 1", "4:1: unknown key `cuont`; did you mean `count`? Legal here: dialect, "),
        ("threads = 1", "4:1: unknown key `threads`; legal here: "),
        ("as-of = 1", "4:1: unknown key `as-of`; did you mean `as_of`?"),
        ("[[case]]\ncount = 1\n[[case.case]]\n", "6:8: unknown key `case`"),
        (
            "window = \"campaigns\"",
            "4:10: unknown window reading `campaigns`; did you mean `campaign`? Legal here: campaign, activity",
        ),
        ("timezone = \"Mars\"", "4:12: `timezone`: "),
        ("tracking = 1", "4:12: `tracking` must be a string or an array of strings, found integer"),
        ("tracking = \"-\"", "4:12: `tracking`: standard input is for flags only"),
        ("in = [1]", "4:7: `in` must be a string, found integer"),
        ("in = []", "4:6: `in`: names nobody"),
        ("out = [\" \"]", "4:8: `out`: a contact id or an e-mail address is missing"),
        ("count = -1", "4:9: `count` must be a number of contacts, found integer"),
        ("count = \"1\"", "4:9: `count` must be a number of contacts, found string"),
        ("in = \"a\"\nout = [\"b\", \"A\"]", "5:13: `A` can't be out and, as line 4 says, in"),
        ("at_least = 3\nat_most = 2", "5:1: at least 3 can't be at most 2"),
        ("", "1:1: nothing is expected: give `in`, "),
        ("case = 1", "4:8: `case` must be tables, each beginning with `[[case]]`, found integer"),
        ("case = []", "4:8: there is no case"),
        (
            "count = 1\n[[case]]\ncount = 1",
            "4:1: `count` is said of one case: put it below a `[[case]]`",
        ),
        ("[[case]]\nname = \"a\"", "4:1: nothing is expected"),
        (
            "[[case]]\nname = \"a\"\ncount = 1\n[[case]]\ncount = 1\nname = \"a\"",
            "9:8: the case of line 4 is called `a` too",
        ),
        ("[[case]]\nname = \" \"\ncount = 1", "5:8: `name` is blank"),
        (
            "contact = 1\ncount = 1",
            "4:11: `contact` must be tables, each beginning with `[[contact]]`",
        ),
    ] {
        let error = with(text).map(drop).unwrap_err();
        assert!(error.starts_with(&format!("x/a.test.toml:{expected}")), "{text}: {error}");
    }
    for (text, expected) in [
        ("count = 1", "1:1: `criteria` is missing"),
        ("criteria = \"a\"\ncount = 1", "2:1: `as_of` is missing: a test without a pinned clock"),
        ("criteria = \"a\"\nas_of = 2024-06-01\ncount = 1", "3:1: there are no contacts"),
        ("criteria = \"a\"\n[[case]]\ncount = 1", "2:1: `as_of` is missing"),
    ] {
        let error = parsed(text).map(drop).unwrap_err();
        assert!(error.starts_with(&format!("x/a.test.toml:{expected}")), "{text}: {error}");
    }
}
