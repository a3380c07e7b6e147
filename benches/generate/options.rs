//! The command line.

use std::path::PathBuf;

use chrono::NaiveDate;

/// What `--help` prints.
pub const HELP: &str = "\
Writes a seeded world of contacts, activities and campaigns.

cargo bench --bench generate -- --out DIR [options]
  --out DIR           the folder to write into; made if it isn't there
  --contacts N        contacts [1000000]
  --activities N      rows of tracked activity, exactly [10000000]
  --campaigns N       campaigns, of which one in fifty isn't sent yet [100]
  --seed N            another seed is another world [1]
  --format csv|jsonl  for contacts and activities [csv]
  --as-of YYYY-MM-DD  the day up to which the world has come [2024-06-01]
";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Jsonl,
}

impl Format {
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}

pub struct Options {
    pub out: PathBuf,
    pub contacts: u64,
    pub activities: u64,
    pub campaigns: u64,
    pub seed: u64,
    pub format: Format,
    /// Seconds since 1970, the midnight (UTC) that begins the as-of day.
    pub as_of: i64,
}

impl Options {
    /// Reads the arguments; `None` when they ask for help.
    pub fn read(arguments: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let mut options = Self {
            out: PathBuf::new(),
            contacts: 1_000_000,
            activities: 10_000_000,
            campaigns: 100,
            seed: 1,
            format: Format::Csv,
            as_of: midnight("2024-06-01")?,
        };
        let mut arguments = arguments;
        while let Some(flag) = arguments.next() {
            // Cargo passes `--bench` to every bench target, also to one without a harness.
            if flag == "--bench" {
                continue;
            }
            if flag == "--help" || flag == "-h" {
                return Ok(None);
            }
            let mut value = || arguments.next().ok_or_else(|| format!("{flag} wants a value"));
            match flag.as_str() {
                "--out" => options.out = PathBuf::from(value()?),
                "--contacts" => options.contacts = count(&flag, &value()?)?,
                "--activities" => options.activities = count(&flag, &value()?)?,
                "--campaigns" => options.campaigns = count(&flag, &value()?)?,
                "--seed" => options.seed = count(&flag, &value()?)?,
                "--format" => {
                    options.format = match value()?.as_str() {
                        "csv" => Format::Csv,
                        "jsonl" => Format::Jsonl,
                        other => return Err(format!("--format is csv or jsonl, not {other}")),
                    }
                }
                "--as-of" => options.as_of = midnight(&value()?)?,
                _ => return Err(format!("{flag} is no option\n\n{HELP}")),
            }
        }
        if options.out.as_os_str().is_empty() {
            return Err(format!("--out is missing\n\n{HELP}"));
        }
        if options.activities > 0 && (options.contacts == 0 || options.campaigns == 0) {
            return Err("activities need at least one contact and one campaign".to_owned());
        }
        Ok(Some(options))
    }
}

fn count(flag: &str, text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("{flag} wants a whole number, not {text}"))
}

fn midnight(text: &str) -> Result<i64, String> {
    let day: NaiveDate =
        text.parse().map_err(|_| format!("--as-of wants YYYY-MM-DD, not {text}"))?;
    Ok(day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp())
}
