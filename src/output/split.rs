//! A list in parts of so many members.

use super::{Form, Member, Out};
use crate::engine::Outputs;
use std::io;
use std::num::NonZeroU64;

/// A form whose list is cut after every so many members. Each part is a whole list of that form.
pub struct Split {
    form: Box<dyn Form>,
    most: NonZeroU64,
    members: u64,
}

impl Split {
    /// Cuts after every `most` members. The form must begin anew once it is finished.
    pub fn new(form: Box<dyn Form>, most: NonZeroU64) -> Self {
        Self { form, most, members: 0 }
    }
}

impl Form for Split {
    fn wanted(&self) -> Outputs {
        self.form.wanted()
    }

    fn member(&mut self, member: &Member<'_>, out: &mut dyn Out) -> io::Result<()> {
        // Only when there is one more, so that no part is empty.
        if self.members == self.most.get() {
            self.form.finish(out)?;
            out.cut()?;
            self.members = 0;
        }
        self.members += 1;
        self.form.member(member, out)
    }

    fn finish(&mut self, out: &mut dyn Out) -> io::Result<()> {
        self.form.finish(out)
    }

    fn remarks(&self) -> Vec<String> {
        self.form.remarks()
    }
}
