//! What the page was made from: files, switches, the criteria as they are written.

use super::{Page, rows};
use crate::output::shown::grouped;
use maud::{Markup, html};

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What it holds: `criteria`, `contacts` and so on.
    pub holds: &'static str,
    /// Its name as it was given.
    pub name: String,
    /// How many bytes it has; unknown of what is no file.
    pub bytes: Option<u64>,
    /// Of criteria, their text.
    pub text: Option<String>,
}

/// A switch in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// Its flag.
    pub flag: &'static str,
    /// What it says.
    pub value: String,
}

impl Page<'_> {
    pub(super) fn given(&self) -> Markup {
        let files = self.inputs.iter().map(|input| {
            let bytes = input.bytes.map(grouped).unwrap_or_default();
            vec![self.text(&input.name), input.holds.to_owned(), bytes]
        });
        let switches =
            self.switches.iter().map(|one| vec![one.flag.to_owned(), self.text(&one.value)]);
        let titles = |titles: &[&str]| titles.iter().map(|&title| title.to_owned()).collect();
        let (of_files, of_switches): (Vec<String>, Vec<String>) =
            (titles(&["File", "Holds", "Bytes"]), titles(&["Switch", "Value"]));
        html! {
            section aria-labelledby="inputs" {
                h2 id="inputs" { "What this was made from" }
                (rows::table("The files", &of_files, files))
                (rows::table("The switches", &of_switches, switches))
                @for input in &self.inputs {
                    @if let Some(text) = &input.text {
                        h3 { "The criteria in " code { (self.text(&input.name)) } }
                        pre { code { (self.text(text)) } }
                    }
                }
            }
        }
    }
}
