//! The list that members go to, or the lists, one a segment: written as members come, and made to
//! appear when all is done.

use super::status::say;
use super::{BadRowArgs, Output, TargetArgs};
use crate::engine::Outputs;
use crate::output::sink::List;
use crate::output::{Form, Member, file_names};
use anyhow::{Context as _, bail};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// One list for all members, or one for those of each segment.
pub struct Lists<'a> {
    lists: Vec<One>,
    /// The folder of lists that each hold one segment.
    folder: Option<Folder>,
    target: &'a TargetArgs,
    /// How long putting members in form took, where that is measured.
    spent: Option<Duration>,
}

struct One {
    form: Box<dyn Form>,
    list: List,
    target: TargetArgs,
}

impl<'a> Lists<'a> {
    /// One list.
    ///
    /// # Errors
    ///
    /// Its place can't be written to, or can't be split.
    pub fn one(form: Box<dyn Form>, target: &'a TargetArgs) -> anyhow::Result<Self> {
        let one = One { form, list: target.list(1)?, target: target.clone() };
        Ok(Self { lists: vec![one], folder: None, target, spent: None })
    }

    /// A list for each of some labels, in a folder, which is made where it isn't there.
    ///
    /// # Errors
    ///
    /// The folder can't be made or written to, or a file in it is one of those read, or that of the
    /// rejects.
    pub fn each(
        labels: &[String],
        form: impl Fn() -> Box<dyn Form>,
        (folder, extension): (&Path, &str),
        target: &'a TargetArgs,
        (inputs, bad_rows): (&[PathBuf], &BadRowArgs),
    ) -> anyhow::Result<Self> {
        if folder.as_os_str() == "-" {
            bail!(
                "--output-dir wants a folder; standard output takes one list: leave the flag out"
            );
        }
        let inputs: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
        let files = file_names(labels);
        let place = |name: &String| Some(folder.join(format!("{name}.{extension}")));
        let targets: Vec<TargetArgs> =
            files.iter().map(|name| TargetArgs { output: place(name), ..target.clone() }).collect();
        for one in &targets {
            one.refuse_inputs(inputs.iter().copied())?;
            bad_rows.refuse(&[], Some(one))?;
        }
        let made = Folder::make(folder)
            .with_context(|| format!("{} can't be made a folder", folder.display()))?;
        let several = targets.len();
        let open = |target: TargetArgs| {
            let list = target.list(several)?;
            Ok(One { form: form(), list, target })
        };
        let lists = targets.into_iter().map(open).collect::<anyhow::Result<_>>()?;
        Ok(Self { lists, folder: Some(made), target, spent: None })
    }

    /// Measures how long putting members in form takes.
    pub fn measure(&mut self) {
        self.spent = Some(Duration::ZERO);
    }

    /// What was measured.
    pub fn spent(&self) -> Duration {
        self.spent.unwrap_or_default()
    }

    /// The columns wanted of each member.
    pub fn wanted(&self) -> Outputs {
        self.lists.first().map(|one| one.form.wanted()).unwrap_or_default()
    }

    /// Takes a member.
    ///
    /// # Errors
    ///
    /// Writing failed, or the member can't be put in this form.
    pub fn member(&mut self, segment: usize, member: &Member<'_>) -> io::Result<()> {
        let at = if self.folder.is_some() { segment } else { 0 };
        let Some(One { form, list, .. }) = self.lists.get_mut(at) else { return Ok(()) };
        let Some(spent) = &mut self.spent else { return form.member(member, list) };
        let begun = Instant::now();
        form.member(member, list)?;
        *spent += begun.elapsed();
        Ok(())
    }

    /// Writes what is left.
    ///
    /// # Errors
    ///
    /// Writing failed.
    pub fn finish(&mut self) -> io::Result<()> {
        self.lists.iter_mut().try_for_each(|One { form, list, .. }| form.finish(list))
    }

    /// Makes everything appear, all together, and tells what there is to say of it.
    ///
    /// # Errors
    ///
    /// Something can't be written to its end; then nothing appears.
    pub fn commit(self, output: &Output) -> anyhow::Result<Written> {
        let Self { lists, mut folder, target, .. } = self;
        let mut remarks: Vec<String> = Vec::new();
        let mut settled = Vec::with_capacity(lists.len());
        for One { form, list, target } in lists {
            for remark in form.remarks() {
                if !remarks.contains(&remark) {
                    remarks.push(remark);
                }
            }
            settled.push((target.settle(list)?, target));
        }
        let mut files = 0;
        let mut parts = Vec::new();
        for (ready, target) in settled {
            parts = target.appear(ready, output)?;
            files += parts.len().max(1);
            if let Some(folder) = &mut folder {
                folder.keep();
            }
        }
        let told = match folder {
            Some(folder) => Some(in_folder(files, &folder.path)),
            None => target.told(&parts),
        };
        Ok(Written { remarks, told })
    }
}

fn in_folder(files: usize, folder: &Path) -> String {
    let noun = if files == 1 { "file" } else { "files" };
    format!("{files} {noun} in {}", folder.display())
}

/// What there is to say of lists that were written.
pub struct Written {
    remarks: Vec<String>,
    told: Option<String>,
}

impl Written {
    /// Says what the lists don't show by themselves.
    pub fn warn(&self) {
        self.remarks.iter().for_each(|remark| say("warning", remark));
    }

    /// Says which files there are now.
    pub fn tell(&self) {
        self.told.iter().for_each(|told| say("summary", told));
    }
}

/// A folder that lists are written to. One that was made for them goes again where none appears.
struct Folder {
    path: PathBuf,
    made: bool,
}

impl Folder {
    fn make(path: &Path) -> io::Result<Self> {
        let made = !path.is_dir();
        if made {
            std::fs::create_dir(path)?;
        }
        Ok(Self { path: path.to_path_buf(), made })
    }

    fn keep(&mut self) {
        self.made = false;
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.made {
            // Whoever put something there meanwhile keeps it.
            let _ = std::fs::remove_dir(&self.path);
        }
    }
}
