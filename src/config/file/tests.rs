//! Tables of files and what becomes of them.

use super::*;
use crate::config::{Files, Origin, Settings};
use crate::dialect::Dialect;
use crate::dump::Input;
use crate::finding::{Finding, Kind};
use crate::source::Span;

fn parsed(text: &str) -> Result<ConfigFile, String> {
    ConfigFile::parse(Path::new("x/segkit.toml"), text).map_err(|error| error.to_string())
}

#[test]
fn what_a_file_says() {
    let text = r#"dialect = "cm"
timezone = "+08:00"
as-of = 2024-03-01
threads = 3
[account]
fields = "fields.json"
campaigns = ["campaigns.json", "sent.json:campaign=k1"]
list = "a1"
user-id = 104201
[catalog]
dir = "segments"
limit = 500
[dumps]
contacts = ["/srv/contacts.csv:skip-lines=2"]
[reading]
encoding = "latin1"
delimiter = ";"
skip-lines = 1
map = ["contacts.email=Mail", "at=When"]
[validate]
dumps = true
"#;
    let settings = Settings::new(Layer::default(), Some(parsed(text).unwrap())).unwrap();
    let shown = |which| settings.files(which).iter().map(Input::to_string).collect::<Vec<_>>();
    assert_eq!(settings.dialect(), Some(Dialect::CampaignMonitor));
    assert_eq!(settings.clock().as_of.to_string(), "2024-02-29T16:00:00Z");
    assert_eq!(settings.list(), Some("a1"));
    assert_eq!((settings.user_id(), settings.catalog_limit()), (Some(104_201), Some(500)));
    assert_eq!(settings.catalog(), Some(Path::new("x/segments")));
    assert_eq!(settings.threads().map(std::num::NonZero::get), Some(3));
    assert_eq!(shown(Files::Fields), ["x/fields.json"]);
    assert_eq!(shown(Files::Campaigns), ["x/campaigns.json", "x/sent.json:campaign=k1"]);
    assert_eq!(shown(Files::Contacts), ["/srv/contacts.csv:skip-lines=2"]);
    assert!(shown(Files::Tags).is_empty() && settings.reads(Files::Contacts));
    let origins: Vec<String> = settings
        .rows()
        .iter()
        .filter(|row| row.origin != Origin::Default)
        .map(|row| format!("{} {}", row.key, row.origin))
        .collect();
    assert_eq!(
        origins,
        [
            "dialect x/segkit.toml:1",
            "timezone x/segkit.toml:2",
            "as-of x/segkit.toml:3",
            "threads x/segkit.toml:4",
            "account.fields x/segkit.toml:6",
            "account.campaigns x/segkit.toml:7",
            "account.list x/segkit.toml:8",
            "account.user-id x/segkit.toml:9",
            "catalog.dir x/segkit.toml:11",
            "catalog.limit x/segkit.toml:12",
            "dumps.contacts x/segkit.toml:14",
            "reading.encoding x/segkit.toml:16",
            "reading.delimiter x/segkit.toml:17",
            "reading.skip-lines x/segkit.toml:18",
            "reading.map x/segkit.toml:19",
            "validate.dumps x/segkit.toml:21",
        ]
    );
    let reading = settings.rows().into_iter().filter(|row| row.key.starts_with("reading."));
    let values: Vec<_> = reading.flat_map(|row| row.values).collect();
    assert_eq!(values, ["windows-1252", "semicolon", "1", "contacts.email=Mail", "at=When"]);
    let [contacts, fields] = [Files::Contacts, Files::Fields]
        .map(|which| settings.resolve().take(which).unwrap().remove(0));
    assert_eq!(
        contacts.to_string(),
        "/srv/contacts.csv:encoding=windows-1252,skip-lines=2,delimiter=semicolon"
    );
    assert!(contacts.mapping.is_some() && fields.mapping.is_none());
    assert_eq!((fields.skip_lines, fields.delimiter), (Some(1), Some(b';')));
}

#[test]
fn what_is_refused_has_its_place() {
    for (text, expected) in [
        (
            "dialekt = \"cm\"",
            "1:1: unknown key `dialekt`; did you mean `dialect`? Legal here: dialect, timezone, \
             as-of, threads, account, catalog, dumps, reading, sql, validate, lints, per-file",
        ),
        (
            "[account]\n  feilds = \"x\"",
            "2:3: unknown key `feilds`; did you mean `fields`? Legal here: fields, campaigns, \
             links, lists, tags, segments, list, user-id",
        ),
        (
            "account.xyzzy = 1",
            "1:9: unknown key `xyzzy`; legal here: fields, campaigns, links, lists, tags, segments, list, user-id",
        ),
        ("dialect = 5", "1:11: `dialect` must be a string, found integer"),
        (
            "dialect = \"xx\"",
            "1:11: `dialect`: `xx` is no dialect; they are constant-contact, campaign-monitor, engagelab",
        ),
        (
            "as-of = \"11/12/2024\"",
            "1:9: `as-of`: write a date such as 2024-03-01, or an instant such as 2024-03-01T12:00:00Z",
        ),
        ("threads = 0", "1:11: `threads`: `0` is no number of threads; write one from 1 to 1024"),
        ("threads = \"all\"", "1:11: `threads` must be a number of threads, found string"),
        ("account = 1", "1:11: `account` must be a table, found integer"),
        ("[account]\nfields = [\"a\", 2]", "2:16: `fields` must be a string, found integer"),
        (
            "[account]\nfields = true",
            "2:10: `fields` must be a string or an array of strings, found boolean",
        ),
        ("[dumps]\ncontacts = \"-\"", "2:12: `contacts`: standard input is for flags only"),
        (
            "[dumps]\ntracking = \"a:type=x\"",
            "2:12: `tracking`: unknown type `x`; known are send, open, click, bounce, optout, forward, spam",
        ),
        (
            "[reading]\nskip-lines = -1",
            "2:14: `skip-lines` must be a number of lines, found integer",
        ),
        (
            "[reading]\nmap = [\"email=A\", \"emial=A\"]",
            "2:19: `map`: `emial` is no canonical name; did you mean `email`?",
        ),
        ("[reading]\nmap = [\"email=A\", \"email=B\"]", "2:7: `map`: `email` is mapped twice"),
        (
            "[reading]\ndelimiter = \"x\"",
            "2:13: `delimiter`: `x` is no delimiter; give comma, semicolon, tab, pipe, or one character",
        ),
        ("[catalog]\nlimit = -1", "2:9: `limit` must be a number of segments, found integer"),
        (
            "[catalog]\nfolder = \"x\"",
            "2:1: unknown key `folder`; legal here: dir, limit, rule-limit",
        ),
        (
            "[sql]\ncolumns = [\"state=s\", \"stat=x\"]",
            "2:23: `columns`: `stat` is no field; did you mean `state`?",
        ),
        (
            "[sql]\nactivities = \"opne=x\"",
            "2:14: `activities`: `opne` is no type of activity; did you mean `open`?",
        ),
        ("[validate]\ndumps = \"yes\"", "2:9: `dumps` must be true or false, found string"),
        (
            "[lints]\nbare-dat = \"deny\"",
            "2:1: no finding is called `bare-dat`; did you mean `bare-date`?",
        ),
        (
            "[lints]\nbare-date = \"denny\"",
            "2:13: unknown setting `denny`; did you mean `deny`? Legal here: allow, warn, deny",
        ),
        (
            "[lints]\noption-unknown = \"allow\"",
            "2:1: `option-unknown` is an error: the vendor would refuse it; only warnings and notes can be set",
        ),
        (
            "[per-file.\"a[.json\"]\nnotes = \"allow\"",
            "1:11: error parsing glob 'a[.json': unclosed character class; missing ']'",
        ),
    ] {
        assert_eq!(parsed(text).unwrap_err(), format!("x/segkit.toml:{expected}"), "{text}");
    }
    for (text, place) in [("dialect = \"cm", ":1:"), ("a = 1\na = 2", ":2:1: ")] {
        let error = parsed(text).unwrap_err();
        assert!(error.contains(place), "{text}: {error}");
    }
}

#[test]
fn flags_win_over_patterns_and_patterns_over_the_rest() {
    let text = r#"[lints]
bare-date = "deny"
part-only = "warn"
[per-file."old/*.json"]
bare-date = "allow"
[per-file."old/b.json"]
bare-date = "warn"
"#;
    let row = |name: &str, setting| LevelRow {
        name: name.to_owned(),
        setting,
        origin: Origin::Flag("--deny"),
    };
    let shown = |flags: Vec<LevelRow>, file: &str| {
        let layer = Layer { levels: flags, ..Layer::default() };
        let settings = Settings::new(layer, Some(parsed(text).unwrap())).unwrap();
        let levels = settings.levels(Path::new(file));
        let setting = |kind| levels.setting_of(&Finding::new(kind, Span::default(), ""));
        [Kind::BareDate, Kind::PartOnly].map(|kind| setting(kind).map_or("-", Setting::name))
    };
    for (flags, file, expected) in [
        (vec![], "x/a.json", ["deny", "warn"]),
        (vec![], "x/old/a.json", ["allow", "warn"]),
        (vec![], "x/old/b.json", ["warn", "warn"]),
        (vec![], "old/a.json", ["deny", "warn"]),
        (vec![row("bare-date", Setting::Deny)], "x/old/a.json", ["deny", "warn"]),
        (vec![row("warnings", Setting::Deny)], "x/old/a.json", ["allow", "warn"]),
    ] {
        assert_eq!(shown(flags.clone(), file), expected, "{flags:?} {file}");
    }
}

#[test]
fn the_nearest_file_above_is_found() {
    let root = tempfile::tempdir().unwrap();
    let deep = root.path().join("a/b/c");
    fs::create_dir_all(&deep).unwrap();
    fs::write(root.path().join(NAME), "dialect = \"cc\"").unwrap();
    let found = |folder: &Path| ConfigFile::find(folder).unwrap().map(|file| file.path);
    assert_eq!(found(&deep), Some(root.path().join(NAME)));
    fs::write(root.path().join("a").join(NAME), "").unwrap();
    assert_eq!(found(&deep), Some(root.path().join("a").join(NAME)));
    // A folder of that name is no file of settings.
    fs::create_dir(deep.join(NAME)).unwrap();
    assert_eq!(found(&deep), Some(root.path().join("a").join(NAME)));
    fs::write(root.path().join("a/b").join(NAME), "x = 1").unwrap();
    assert!(matches!(ConfigFile::find(&deep), Err(ConfigError::Invalid { .. })));
}
