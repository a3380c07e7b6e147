//! Text of others is text to an engine, whatever is in it.

use super::column::{asking, both, one_column, options};
use super::driver::Driver;
use segkit::contact::{Alias, CustomColumn};
use segkit::criteria::{Case, Field, Membership, MembershipKind, Test, TextOp};
use segkit::sql::Engine;

/// Texts that would be something else, were they not quoted.
const HOSTILE: &[&str] = &[
    "'",
    "''",
    "' OR TRUE --",
    "'; DROP TABLE contacts; --",
    "\\",
    "\\'",
    "\\'; DROP TABLE contacts; --",
    "\\\\' OR TRUE --",
    "\"",
    "\"; DROP TABLE contacts; --",
    "$$",
    "$x$ OR TRUE $x$",
    "--",
    "/* a",
    "*/",
    "a\nb",
    "a\n; DROP TABLE contacts; --",
    "a\r; DROP TABLE contacts; --",
    "\u{2028}; DROP TABLE contacts; --",
    "\u{ff07} OR TRUE --",
    "\u{2019}",
    "\u{2bc}; --",
    "E'\\n'",
    "%s %(a)s ? :a $1 @a",
    "{{ 1 }}",
    "%",
    "_",
    ";",
];

/// Finds each of them, and nothing else, in values, names and labels.
pub fn check(engine: Engine) {
    let Some(mut driver) = Driver::start(engine) else { return };
    let options = options("UTC");
    for text in HOSTILE {
        for (name, given) in [("color", "state="), (*text, "state=")] {
            let custom =
                CustomColumn { names: vec![name.to_owned()], alias: Alias::Always, several: false };
            let dump = one_column(&name.to_lowercase(), name, "text", HOSTILE);
            for op in [TextOp::Equals, TextOp::StartsWith, TextOp::Contains] {
                for case in [Case::Exact, Case::Ignored] {
                    let field = Field::Custom(custom.clone());
                    let segment = asking(Test::Text(field, op, (*text).to_owned(), case));
                    let asked = (&segment, *text);
                    let (found, expected) =
                        both(&mut driver, engine, &dump, given, asked, &options);
                    assert_eq!(found, expected, "{engine}: {text:?} in {name:?}, {op:?}");
                    assert!(!found.is_empty(), "{engine}: {text:?} in {name:?}, {op:?}");
                }
            }
        }
        let dump = one_column("tags", "tags", "list", HOSTILE);
        let tag = Membership::Id((*text).to_owned());
        let segment = asking(Test::Member(MembershipKind::Tag, tag));
        let asked = (&segment, *text);
        let (found, expected) = both(&mut driver, engine, &dump, "tags=tags:list", asked, &options);
        assert_eq!(found, expected, "{engine}: the tag {text:?}");
    }
}
