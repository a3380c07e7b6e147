//! Tables of text.

use maud::{Markup, html};

/// A table whose first column names its rows. On narrow screens cells stand below each other, each
/// behind its title.
pub(super) fn table(
    caption: &str,
    titles: &[String],
    rows: impl Iterator<Item = Vec<String>>,
) -> Markup {
    html! {
        table.stack {
            caption { (caption) }
            thead { tr { @for title in titles { th scope="col" { (title) } } } }
            tbody {
                @for row in rows {
                    tr {
                        @for (at, cell) in row.iter().enumerate() {
                            @if at == 0 {
                                th scope="row" { (cell) }
                            } @else {
                                td data-label=(titles.get(at).map_or("", String::as_str)) { (cell) }
                            }
                        }
                    }
                }
            }
        }
    }
}
