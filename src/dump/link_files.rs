//! Files of the links of campaigns.

use super::account_records::{Record, Value};
use super::error::{DumpError, Reason};
use super::input::Input;
use crate::account::Links;

const ENVELOPES: &[&str] =
    &["links", "results", "Results", "result", "info.dataList", "info.voList"];
const URL: &[&str] = &["url", "linkurl", "link", "clickedlinkaddress"];

/// Reads the links of campaigns: Constant Contact's `email_reports/{id}/links`, or any file with
/// `campaign_id` and `url`. A file that doesn't name its campaign, such as Campaign Monitor's
/// report of clicks, is given as `FILE:campaign=ID`.
///
/// # Errors
/// When a file can't be read, or a link has no URL or nobody says of which campaign it is.
pub fn read_links(inputs: &[Input]) -> Result<Links, DumpError> {
    let mut links = Links::default();
    Record::for_each(inputs, ENVELOPES, &mut |record| {
        let campaign = record.text(&["campaignactivityid", "campaignid"]).or(record.campaign());
        let Some(campaign) = campaign else {
            let lacks = "campaign id (campaign_id, campaign_activity_id, or FILE:campaign=ID)";
            return Err(record.error(Reason::Lacks(lacks)));
        };
        if let Some(counts) = record.value(&["linkclickcounts"]) {
            // A campaign without links is known to have none.
            links.know(campaign);
            let urls = counts.items().iter().filter_map(|count| count.text_of(URL));
            urls.for_each(|url| links.add(campaign, url));
            return Ok(());
        }
        let Some(url) = record.value(URL).and_then(Value::text) else {
            return Err(record.error(Reason::Lacks("URL (url, link_url, URL)")));
        };
        links.add(campaign, url);
        Ok(())
    })?;
    Ok(links)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::account_records::with_files;

    #[test]
    fn links_of_every_shape() {
        let cc = r#"{"campaign_activity_id":"K","link_click_counts":[
            {"link_url":"https://x.org/a","url_id":"1","unique_clicks":2},{"link_url":"https://x.org/b"}]}"#;
        let cm = r#"{"Results":[{"EmailAddress":"a@x.org","URL":"https://x.org/a","ListID":"l"},
            {"EmailAddress":"b@x.org","URL":"https://x.org/b"},{"EmailAddress":"c@x.org","URL":"https://x.org/a"}]}"#;
        for (text, suffix) in [
            (cc, ""),
            (cm, ":campaign=k"),
            ("campaign_id,url\nk,https://x.org/a\nK ,https://x.org/b\n", ""),
            ("url\nhttps://x.org/a\nhttps://x.org/b\n", ":campaign=k"),
        ] {
            let links = with_files(&[(text, suffix)], read_links).unwrap();
            let of: Vec<_> = links.of("k").unwrap().iter().collect();
            assert_eq!(of, ["https://x.org/a", "https://x.org/b"], "{text}");
        }
        let none = r#"{"campaign_activity_id":"K","link_click_counts":[]}"#;
        let links = with_files(&[(none, "")], read_links).unwrap();
        assert!(links.of("k").is_some_and(|urls| urls.is_empty()));
    }

    #[test]
    fn what_is_refused() {
        for (text, suffix, part) in [
            ("url\nhttps://x.org/\n", "", ":2: no campaign id"),
            ("campaign_id,name\nk,x\n", "", ":2: no URL"),
        ] {
            let error = with_files(&[(text, suffix)], read_links).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
