//! What can have happened to a contact in one campaign (`docs/semantics.md`, "Activities"): few
//! enough states to look at every one.

use crate::criteria::What;

/// More links than this in one question are left out of it: they double the states each.
const MOST_LINKS: usize = 4;

/// Something that can have happened, as far as tests can tell.
#[derive(Clone, Copy, Default)]
struct State {
    sent: bool,
    opened: bool,
    clicked: bool,
    bounced_for_good: bool,
    /// A bit for each link clicked.
    links: u8,
}

/// True when nothing that can have happened in the campaign passes all: the questions, each with
/// whether the answer is yes.
pub(super) fn clash(asked: &[(&What, bool)]) -> bool {
    let mut links: Vec<&str> = Vec::new();
    for link in asked.iter().filter_map(|(what, _)| link(what)) {
        if !links.contains(&link) && links.len() < MOST_LINKS {
            links.push(link);
        }
    }
    let number = |what: &What| link(what).and_then(|url| links.iter().position(|l| *l == url));
    let numbered = asked.iter().map(|&(what, yes)| (what, number(what), yes));
    // A question about a link that was left out says nothing here.
    let numbered: Vec<_> =
        numbered.filter(|(what, number, _)| link(what).is_none() || number.is_some()).collect();
    !states(links.len())
        .any(|state| numbered.iter().all(|&(what, link, yes)| holds(what, link, state) == yes))
}

fn link(what: &What) -> Option<&str> {
    match what {
        What::ClickedLink(url) | What::NotClickedLink(url) => Some(url),
        _ => None,
    }
}

fn states(links: usize) -> impl Iterator<Item = State> {
    let flags = (0u8..16).map(|bits| State {
        sent: bits & 1 != 0,
        opened: bits & 2 != 0,
        clicked: bits & 4 != 0,
        bounced_for_good: bits & 8 != 0,
        links: 0,
    });
    // Whatever was done with it, it was sent.
    let possible = flags
        .filter(|state| state.sent || !(state.opened || state.clicked || state.bounced_for_good));
    possible.flat_map(move |state| {
        let sets = if state.clicked { 1u8 << links } else { 1 };
        (0..sets).map(move |links| State { links, ..state })
    })
}

fn holds(what: &What, link: Option<usize>, state: State) -> bool {
    let clicked_link = link.is_some_and(|link| state.links & (1 << link) != 0);
    match what {
        What::Sent => state.sent,
        What::NotSent => !state.sent,
        What::Opened => state.opened,
        What::NotOpened => state.sent && !state.opened,
        What::Clicked => state.clicked,
        What::NotClicked => state.sent && !state.clicked,
        What::OpenedNotClicked => state.opened && !state.clicked,
        What::OpenedOrClicked => state.opened || state.clicked,
        What::ClickedLink(_) => clicked_link,
        What::NotClickedLink(_) => state.sent && !clicked_link,
        What::DeliveredNotOpened => state.sent && !state.opened && !state.bounced_for_good,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_not_have_happened() {
        let (a, b) = ("https://a.example/".to_owned(), "https://b.example/".to_owned());
        use What::*;
        for (asked, clashes) in [
            (vec![(Opened, true), (Sent, false)], true),
            (vec![(Opened, true), (NotOpened, true)], true),
            (vec![(Opened, true), (Clicked, false)], false),
            (vec![(Clicked, true), (Opened, false)], false),
            (vec![(NotOpened, true), (NotClicked, true)], false),
            (vec![(OpenedNotClicked, true), (NotClicked, false)], true),
            (vec![(OpenedNotClicked, true), (NotOpened, true)], true),
            (vec![(DeliveredNotOpened, true), (NotOpened, false)], true),
            (vec![(NotOpened, true), (DeliveredNotOpened, false)], false),
            (vec![(ClickedLink(a.clone()), true), (Clicked, false)], true),
            (vec![(ClickedLink(a.clone()), true), (ClickedLink(b.clone()), false)], false),
            (vec![(ClickedLink(a.clone()), true), (NotClickedLink(a.clone()), true)], true),
            (vec![(ClickedLink(a), true), (NotClickedLink(b), true)], false),
            // Three together: sent, neither unopened nor opened.
            (vec![(Sent, true), (NotOpened, false), (Opened, false)], true),
            (vec![(Sent, true), (NotOpened, false)], false),
            (vec![(NotSent, false), (Sent, true)], false),
            (vec![(NotSent, true), (Sent, true)], true),
        ] {
            let asked: Vec<_> = asked.iter().map(|(what, yes)| (what, *yes)).collect();
            assert_eq!(clash(&asked), clashes, "{asked:?}");
        }
    }
}
