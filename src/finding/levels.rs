//! Which warnings and notes a run allows, warns of or denies, by their stable names.

use super::{Finding, Kind, Severity, nearest};
use std::collections::BTreeMap;

/// What a run makes of a kind of warning or note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// It isn't shown.
    Allow,
    /// It is shown as a warning.
    Warn,
    /// It is shown as an error, and the run ends with findings.
    Deny,
}

impl Setting {
    /// The word used in flags and configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

/// The settings of a run. Of two that concern a finding the later one counts, but a name counts more
/// than a group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    by_kind: BTreeMap<Kind, Setting>,
    by_group: BTreeMap<Severity, Setting>,
}

/// A name that can't be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LevelError {
    /// Nothing is called so.
    #[error("no finding is called `{name}`{}", near(.nearest))]
    Unknown {
        /// The name.
        name: String,
        /// The nearest name that there is.
        nearest: Option<&'static str>,
    },
    /// Errors are the vendor's, not the run's.
    #[error("`{0}` is an error: the vendor would refuse it; only warnings and notes can be set")]
    Fixed(&'static str),
}

fn near(nearest: &Option<&'static str>) -> String {
    nearest.map_or_else(
        || "; `segkit rules` lists them, and `warnings` and `notes` mean all of a kind".to_owned(),
        |name| format!("; did you mean `{name}`?"),
    )
}

/// The words that mean all findings of one weight.
const GROUPS: &[(&str, Severity)] = &[("warnings", Severity::Warning), ("notes", Severity::Note)];

impl Levels {
    /// Sets the findings of this name, or with `warnings` and `notes` all of that weight.
    ///
    /// # Errors
    ///
    /// A name that no finding has, or that of an error.
    pub fn set(&mut self, name: &str, setting: Setting) -> Result<(), LevelError> {
        if let Some(&(_, group)) = GROUPS.iter().find(|(word, _)| *word == name) {
            self.by_group.insert(group, setting);
            return Ok(());
        }
        let Some(&kind) = Kind::ALL.iter().find(|kind| kind.name() == name) else {
            let names = Kind::ALL.iter().map(|kind| kind.name());
            let nearest = nearest(name, names.chain(GROUPS.iter().map(|(word, _)| *word)));
            return Err(LevelError::Unknown { name: name.to_owned(), nearest });
        };
        if kind.severity() == Severity::Error {
            return Err(LevelError::Fixed(kind.name()));
        }
        self.by_kind.insert(kind, setting);
        Ok(())
    }

    /// What is set for a finding, `None` where nothing is.
    pub fn setting_of(&self, finding: &Finding) -> Option<Setting> {
        if finding.is_error() {
            return None;
        }
        self.by_kind.get(&finding.kind).or_else(|| self.by_group.get(&finding.severity)).copied()
    }

    /// Takes out what is allowed, and gives the others the weight that is set for them.
    pub fn apply(&self, findings: &mut Vec<Finding>) {
        findings.retain_mut(|finding| {
            match self.setting_of(finding) {
                Some(Setting::Allow) => return false,
                Some(Setting::Warn) => finding.severity = Severity::Warning,
                Some(Setting::Deny) => finding.severity = Severity::Error,
                None => {}
            }
            true
        });
    }

    /// These settings with `further` ones, which win.
    pub fn with(&self, further: &Self) -> Self {
        let mut both = self.clone();
        both.by_kind.extend(&further.by_kind);
        both.by_group.extend(&further.by_group);
        both
    }

    /// What is set, by the name of the finding or group.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Setting)> {
        let groups = GROUPS
            .iter()
            .filter_map(|(word, group)| self.by_group.get(group).map(|setting| (*word, *setting)));
        groups.chain(self.by_kind.iter().map(|(kind, setting)| (kind.name(), *setting)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn weights(settings: &[(&str, Setting)]) -> Vec<Option<Severity>> {
        let mut levels = Levels::default();
        settings.iter().for_each(|(name, setting)| levels.set(name, *setting).unwrap());
        let one = |kind| {
            let mut findings = vec![Finding::new(kind, Span::default(), "")];
            levels.apply(&mut findings);
            findings.first().map(|finding| finding.severity)
        };
        [Kind::OptionUnknown, Kind::BareDate, Kind::UnknownKey, Kind::PartOnly].map(one).to_vec()
    }

    #[test]
    fn names_count_more_than_groups_and_errors_stay() {
        use Setting::{Allow, Deny, Warn};
        let (error, warning, note) =
            (Some(Severity::Error), Some(Severity::Warning), Some(Severity::Note));
        for (settings, expected) in [
            (vec![], [error, warning, warning, note]),
            (vec![("warnings", Deny)], [error, error, error, note]),
            (vec![("bare-date", Allow), ("warnings", Deny)], [error, None, error, note]),
            (vec![("notes", Warn), ("bare-date", Deny)], [error, error, warning, warning]),
            (vec![("warnings", Deny), ("warnings", Allow)], [error, None, None, note]),
        ] {
            assert_eq!(weights(&settings), expected, "{settings:?}");
        }
    }

    #[test]
    fn names_that_cannot_be_set() {
        let error = |name| Levels::default().set(name, Setting::Warn).unwrap_err().to_string();
        assert_eq!(error("bare-dat"), "no finding is called `bare-dat`; did you mean `bare-date`?");
        assert!(error("xyz").contains("`segkit rules` lists them"));
        assert!(error("option-unknown").contains("the vendor would refuse it"));
    }
}
