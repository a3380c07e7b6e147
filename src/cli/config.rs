//! `segkit config`: every setting in force, and where it came from.

use super::catalog_args::CatalogDirArgs;
use super::{ConfigArgs, Output, SettingsArgs, Status};
use crate::config::{Origin, Row, Settings};
use clap::{Args, ValueEnum};
use comfy_table::Table;
use comfy_table::presets::NOTHING;
use serde_json::{Value, json};
use std::io::{self, Write};

const EXAMPLES: &str = "\
Examples:
  segkit config
  segkit config --dialect cm --format json | jq '.settings[] | select(.origin.kind == \"file\")'

Exit status: 0 when shown, 2 when a segkit.toml can't be read or says what it can't.";

/// What the command is for.
pub(super) const ABOUT: &str = "\
Show every setting in force, its value and where it came from: a flag, a line of segkit.toml, or \
the default. Takes the flags of validate.";

/// The flags of `config`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ConfigCommand {
    /// How to write the settings
    #[arg(long, short = 'f', value_enum, value_name = "FORMAT", default_value = "text")]
    format: Format,

    #[command(flatten)]
    catalog: CatalogDirArgs,

    #[command(flatten)]
    settings: SettingsArgs,
}

/// How to write the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: a line a setting
    Text,
    /// One object
    Json,
}

/// Runs the command.
pub(super) fn run(
    args: &ConfigCommand,
    config: &ConfigArgs,
    output: &Output,
) -> anyhow::Result<Status> {
    let settings = args.settings.settings_with(config, |layer| args.catalog.give(layer))?;
    output.plain(|out| match args.format {
        Format::Text => text(&settings, out),
        Format::Json => json_of(&settings, out),
    })?;
    Ok(Status::Fine)
}

fn text(settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    match settings.file() {
        Some(path) => writeln!(out, "{}", visible(&path.display().to_string())),
        None => writeln!(out, "no segkit.toml"),
    }?;
    let mut table = Table::new();
    table.load_style(NOTHING);
    for Row { key, values, origin } in settings.rows() {
        let value = if values.is_empty() { "-".to_owned() } else { values.join(" ") };
        table.add_row([key, value, origin.to_string()].map(|cell| visible(&cell)));
    }
    table.lines().try_for_each(|line| writeln!(out, "{}", line.trim()))
}

/// What a file is called must not steer the terminal.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn json_of(settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    let origin = |origin: &Origin| match origin {
        Origin::Default => json!({ "kind": "default" }),
        Origin::Flag(flag) => json!({ "kind": "flag", "flag": flag }),
        Origin::File { file, line } => json!({ "kind": "file", "file": file, "line": line }),
    };
    let row =
        |row: Row| json!({ "key": row.key, "values": row.values, "origin": origin(&row.origin) });
    let rows: Vec<Value> = settings.rows().into_iter().map(row).collect();
    let file = settings.file().map(|path| path.display().to_string());
    serde_json::to_writer_pretty(&mut *out, &json!({ "file": file, "settings": rows }))?;
    out.write_all(b"\n")
}
