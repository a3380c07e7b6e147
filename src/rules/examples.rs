//! The examples: the files of `fixtures/rules`, embedded. `SEGKIT_BLESS=1 cargo test --test rules`
//! writes the table anew from what is there.

use crate::dialect::Dialect;
use crate::finding::Kind;

/// One case of `fixtures/rules`.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The folder: the code, or the name of a kind without one.
    pub folder: &'static str,
    /// The case: the dialect's short name, and behind a hyphen what else tells it from others.
    pub case: &'static str,
    /// Criteria that have the fault.
    pub wrong: &'static str,
    /// The same without it.
    pub right: &'static str,
    /// What `segkit validate --format text` says of the wrong ones.
    pub report: &'static str,
    /// Flags with which they are checked, besides the as-of instant.
    pub flags: &'static str,
}

impl Example {
    /// The dialect that its criteria are written in.
    pub fn dialect(&self) -> Option<Dialect> {
        self.case.split('-').next()?.parse().ok()
    }

    /// The kind that it shows: the one with the folder's code or name that can arise in the
    /// dialect; of several the one whose name the case bears.
    pub fn kind(&self) -> Option<Kind> {
        let (dialect, rest) = self.case.split_once('-').unwrap_or((self.case, ""));
        let in_folder = |kind: &Kind| match kind.code() {
            0 => kind.name() == self.folder,
            code => code.to_string() == self.folder,
        };
        let possible = |kind: &Kind| in_folder(kind) && kind.dialects().contains(&dialect);
        let mut kinds = Kind::ALL.iter().copied().filter(possible);
        let first = kinds.next()?;
        match kinds.next() {
            None => Some(first),
            Some(second) => {
                let mut all = [first, second].into_iter().chain(kinds);
                all.find(|kind| rest.starts_with(kind.name()))
            }
        }
    }
}

macro_rules! file {
    ($folder:literal, $case:literal, $ending:literal) => {
        include_str!(concat!("../../fixtures/rules/", $folder, "/", $case, $ending))
    };
}

macro_rules! flags {
    ($folder:literal, $case:literal) => {
        ""
    };
    ($folder:literal, $case:literal, $args:ident) => {
        file!($folder, $case, ".args")
    };
}

macro_rules! examples {
    ($($folder:literal: $($case:literal $([$args:ident])?)*;)*) => {
        /// Every example, in the order of the table of codes.
        pub const EXAMPLES: &[Example] = &[$($(Example {
            folder: $folder,
            case: $case,
            wrong: file!($folder, $case, ".bad.json"),
            right: file!($folder, $case, ".good.json"),
            report: file!($folder, $case, ".expected.txt"),
            flags: flags!($folder, $case $(, $args)?),
        },)*)*];
    };
}

examples! {
    "273": "cc" [args] "cm" "el";
    "275": "cc" [args] "cm" [args] "el" [args];
    "277": "cc" [args] "cm" [args] "el";
    "2703": "cc" [args] "cm" "el";
    "2704": "cc" [args] "cm" "el";
    "2705": "cc" [args] "cc-source" [args] "cm" [args] "cm-case" "el" [args];
    "2706": "cm" "cm-old";
    "2710": "cm";
    "2712": "cm" "cm-case";
    "2713": "cm";
    "2714": "cm";
    "2715": "cc" [args] "cm" [args] "el";
    "2716": "cm" [args] "el" [args];
    "2717": "cm" [args] "el" [args];
    "2718": "cc" [args] "cm" [args] "el";
    "2719": "cc" [args] "cc-campaigns" [args] "cm" "el";
    "2720": "cc" [args] "cm" "el";
    "2721": "cm" [args] "el" [args];
    "2722": "cc" [args] "cm" [args] "el" [args];
    "2723": "cm" [args] "cm-future" [args];
    "2750": "cm";
    "2751": "cm" [args];
    "2753": "cm" [args];
    "2754": "cc" [args] "cm" [args] "el";
    "2755": "cc" [args] "cm" "cm-reversed";
    "2756": "cm" [args] "cm-reversed" [args];
    "2757": "cm";
    "2758": "cm" [args];
    "2801": "cc-top-not-and" [args] "cc-group-type" [args];
    "2802": "cc" [args];
    "2803": "cc" [args];
    "2804": "cc" [args] "cc-tags" [args];
    "2805": "cc" [args] "cm" "el";
    "2806": "cc" [args] "cc-source" [args] "el";
    "2807": "cc" [args] "cc-date-filter" [args];
    "2808": "cc" [args] "cc-days" [args];
    "2809": "cc" [args] "cc-too-long" [args];
    "2810": "cc" [args];
    "2811": "cc" [args] "cm";
    "2812": "cc" [args] "cc-campaigns" [args];
    "2820": "el" "el-field";
    "2821": "el";
    "2822": "el";
    "2823": "el-relation" "el-type";
    "2824": "el" "el-text";
    "2825": "el" "el-length";
    "2826": "el" [args];
    "2890": "cc-json-fault" [args] "cc-no-dialect" [args] "cm-json-fault" "cm-no-dialect" "el-json-fault" "el-no-dialect";
    "2891": "cc" [args] "cm" "el" [args];
    "unknown-key": "cc" [args] "cm" "el";
    "field-unverified": "cc" [args];
    "redundant-and": "cc" [args];
    "version-unknown": "cc" [args];
    "bare-date": "cc" [args];
    "list-ne-undocumented": "cc" [args];
    "key-unused": "cc" [args] "cm" "el";
    "part-only": "cc" "cm" "el";
    "beyond-screens": "cc" [args];
    "unverified-verb": "cm";
    "field-untyped": "cm" "el";
    "campaign-id-short": "cm";
    "title-repeated": "cc" [args] "cm" "el";
    "campaign-unseen": "cc" [args] "cm" [args] "el" [args];
    "list-unseen": "cc" [args];
    "tag-unseen": "cc" [args] "el" [args];
    "link-unseen": "cm" [args];
    "rules-contradict": "cc" [args] "cm" "el" [args];
    "always-holds": "cc" [args] "cm" "el" [args];
    "rule-repeated": "cc" [args] "cm" "el" [args];
    "rule-useless": "cc" [args] "cm" "el" [args];
    "window-empty": "cc" [args];
    "negative-on-missing": "cc" [args] "cm" [args] "el" [args];
    "reading-window": "cc" [args];
    "reading-negatives": "cc" [args];
    "reading-since": "cc" [args];
    "reading-clicks": "cc" [args] "cm" [args] "el" [args];
    "reading-bounces": "el" [args];
    "reading-ends": "cm" [args];
    "reading-case": "el" [args];
}
