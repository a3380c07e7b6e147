//! Finding an engine's program.

use super::RunError;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// An engine's own program.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// The engine.
    pub engine: &'static str,
    /// What the program is called.
    pub name: &'static str,
    /// What else it may be called.
    pub also: Option<&'static str>,
    /// What to do where it isn't there.
    pub install: &'static str,
}

impl Program {
    /// The environment variable that names another.
    pub fn variable(&self) -> String {
        format!("SEGKIT_{}", self.engine.to_uppercase())
    }

    /// Where it is: the one that is given, else the one that the environment names, else the one in
    /// `PATH`.
    ///
    /// # Errors
    ///
    /// It isn't there.
    pub fn find(&self, given: Option<&Path>) -> Result<PathBuf, RunError> {
        let named = env::var_os(self.variable()).filter(|named| !named.is_empty());
        let wanted = given.map(Path::to_path_buf).or(named.map(PathBuf::from));
        let name = wanted.clone().unwrap_or_else(|| PathBuf::from(self.name));
        let bare =
            name.components().count() == 1 && wanted.as_deref().is_none_or(Path::is_relative);
        let also = self.also.filter(|_| wanted.is_none());
        let found = match bare {
            true => {
                let mut names = [Some(name.as_path()), also.map(Path::new)].into_iter().flatten();
                names.find_map(|name| in_path(name, env::var_os("PATH")))
            }
            false => Some(name.clone()).filter(|path| path.is_file()),
        };
        found.ok_or_else(|| RunError::NoProgram {
            program: name.display().to_string(),
            engine: self.engine,
            install: self.install,
            variable: self.variable(),
        })
    }
}

fn in_path(name: &Path, path: Option<OsString>) -> Option<PathBuf> {
    let path = path?;
    let mut places = env::split_paths(&path).filter(|folder| !folder.as_os_str().is_empty());
    places.find_map(|folder| {
        let bare = folder.join(name);
        let suffixed = bare.with_extension(env::consts::EXE_EXTENSION);
        [bare, suffixed].into_iter().find(|file| file.is_file())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_goes_before_the_path() {
        let program =
            Program { engine: "nothing", name: "no-such-program", also: None, install: "make it" };
        assert_eq!(program.variable(), "SEGKIT_NOTHING");
        let here = env::current_exe().unwrap();
        assert_eq!(program.find(Some(&here)).unwrap(), here);
        for given in [None, Some(Path::new("/no/such/program"))] {
            let said = program.find(given).unwrap_err().to_string();
            assert!(said.contains("isn't there") && said.contains("make it"), "{said}");
        }
        let folder = here.parent().unwrap().as_os_str().to_owned();
        let name = Path::new(here.file_name().unwrap());
        assert_eq!(in_path(name, Some(folder)), Some(here.clone()));
        assert_eq!(in_path(name, None), None);
    }
}
