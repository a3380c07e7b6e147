//! The flags of the commands that check criteria against all that is known: `validate`, and
//! `config`, which shows what they come to.

use super::{
    AccountArgs, ConfigArgs, DialectArgs, EffortArgs, LevelArgs, ReadingArgs, SurveyArgs, TimeArgs,
};
use crate::config::{Key, Layer, Settings, Sourced};
use clap::Args;

/// The flags.
#[derive(Debug, Clone, Args)]
pub struct SettingsArgs {
    #[command(flatten)]
    levels: LevelArgs,

    #[command(flatten)]
    dialect: DialectArgs,

    #[command(flatten)]
    time: TimeArgs,

    #[command(flatten)]
    account: AccountArgs,

    /// The list of Campaign Monitor segments that don't name theirs
    #[arg(long, value_name = "ID", help_heading = "Account")]
    list: Option<String>,

    #[command(flatten)]
    dumps: SurveyArgs,

    #[command(flatten)]
    reading: ReadingArgs,

    #[command(flatten)]
    effort: EffortArgs,
}

impl SettingsArgs {
    /// The list that the flag names.
    pub fn list(&self) -> Option<&str> {
        self.list.as_deref()
    }

    /// The settings: these flags over the file.
    ///
    /// # Errors
    ///
    /// See [`ConfigArgs::settings`].
    pub fn settings(&self, config: &ConfigArgs) -> anyhow::Result<Settings> {
        self.settings_with(config, |_| {})
    }

    /// The same, with what further flags say.
    ///
    /// # Errors
    ///
    /// See [`ConfigArgs::settings`].
    pub fn settings_with(
        &self,
        config: &ConfigArgs,
        further: impl FnOnce(&mut Layer),
    ) -> anyhow::Result<Settings> {
        let mut layer = Layer::default();
        self.levels.give(&mut layer);
        self.dialect.give(&mut layer);
        self.time.give(&mut layer);
        self.account.give(&mut layer);
        layer.list = self.list.clone().map(|list| Sourced::flag(list, Key::List));
        self.dumps.give(&mut layer);
        self.reading.give(&mut layer)?;
        self.effort.give(&mut layer);
        further(&mut layer);
        config.settings(layer)
    }
}
