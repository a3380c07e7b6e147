//! Messages on the wire: a header with a length, then JSON. The messages themselves are those of
//! `lsp-server`; its transport isn't used, since it ends with the first message that it can't read
//! and makes room for as many bytes as a header claims.

use lsp_server::{ErrorCode, Message};
use serde_json::{Value, json};
use std::io::{self, BufRead, Read, Write};

/// The largest message that is read; larger ones are skipped.
const LARGEST: u64 = 64 << 20;
/// The longest line of a header.
const LONGEST_HEADER: u64 = 4096;

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message.
    Message(Message),
    /// Something that is none.
    Refused(Refusal),
}

/// Why something that came in is no message.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    /// The id of the request that it may have been.
    pub id: Value,
    pub code: i32,
    pub message: String,
}

/// What goes out.
#[derive(Debug)]
pub(super) enum Outgoing {
    Message(Message),
    Refusal(Refusal),
}

/// Reads the next message; `None` at the end of the input.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = header(input)? else {
        return Ok(None);
    };
    let Some(length) = length else {
        return Ok(Some(refused(ErrorCode::ParseError, "a header without a Content-Length")));
    };
    if length > LARGEST {
        let skipped = io::copy(&mut input.by_ref().take(length), &mut io::sink())?;
        let whole = skipped == length;
        return Ok(whole.then(|| refused(ErrorCode::InvalidRequest, "the message is too large")));
    }
    let mut body = Vec::new();
    input.by_ref().take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(message(&body)))
}

/// The length that a header gives: `None` at the end of the input, `Some(None)` where it gives none.
fn header(input: &mut impl BufRead) -> io::Result<Option<Option<u64>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            return Ok(Some(length));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
}

fn message(body: &[u8]) -> Incoming {
    let value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => return refused(ErrorCode::ParseError, format!("not JSON: {error}")),
    };
    let id = value.get("id").cloned().unwrap_or_default();
    match serde_json::from_value(value) {
        Ok(message) => Incoming::Message(message),
        Err(_) => Incoming::Refused(Refusal {
            id,
            code: ErrorCode::InvalidRequest as i32,
            message: "neither a request, a notification nor a response".to_owned(),
        }),
    }
}

fn refused(code: ErrorCode, message: impl Into<String>) -> Incoming {
    Incoming::Refused(Refusal { id: Value::Null, code: code as i32, message: message.into() })
}

/// Writes a message.
pub(super) fn write(mut output: &mut dyn Write, outgoing: &Outgoing) -> io::Result<()> {
    match outgoing {
        Outgoing::Message(message) => message.write(&mut output),
        Outgoing::Refusal(Refusal { id, code, message }) => {
            let error = json!({ "code": code, "message": message });
            let text = json!({ "jsonrpc": "2.0", "id": id, "error": error }).to_string();
            write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut input: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        while let Some(incoming) = read(&mut input).unwrap() {
            found.push(match incoming {
                Incoming::Message(Message::Request(request)) => request.method,
                Incoming::Message(Message::Notification(notification)) => notification.method,
                Incoming::Message(Message::Response(response)) => response.id.to_string(),
                Incoming::Refused(refusal) => format!("{} for {}", refusal.code, refusal.id),
            });
        }
        found
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn what_is_no_message_does_not_end_the_session() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        for (bad, expected) in [
            (framed("{"), "-32700 for null"),
            (framed("[]"), "-32600 for null"),
            (framed(r#"{"id":7,"method":5}"#), "-32600 for 7"),
            (framed(r#"{"id":{},"method":"m"}"#), "m"),
            ("Content-Type: x\r\n\r\n".to_owned(), "-32700 for null"),
            ("Content-Length: -1\r\n\r\n".to_owned(), "-32700 for null"),
            ("\r\n".to_owned(), "-32700 for null"),
        ] {
            let found = all(format!("{bad}{good}").as_bytes());
            assert_eq!(found, [expected, "exit"], "{bad}");
        }
    }

    #[test]
    fn headers_are_read_as_clients_write_them() {
        let body = r#"{"id":"a","method":"m"}"#;
        let header = format!("content-length:{}\nContent-Type: application/x\n\n", body.len());
        assert_eq!(all(format!("{header}{body}").as_bytes()), ["m"]);
    }

    #[test]
    fn a_length_is_not_believed() {
        assert!(all(b"Content-Length: 60000000\r\n\r\n{}").is_empty());
        assert!(all(b"Content-Length: 99999999999999\r\n\r\n{}").is_empty());
        let endless = vec![b'x'; 10_000];
        assert!(all(&endless).is_empty());
    }

    #[test]
    fn large_messages_are_skipped() {
        let length = LARGEST + 1;
        let header = format!("Content-Length: {length}\r\n\r\n").into_bytes();
        let next = framed(r#"{"method":"exit"}"#).into_bytes();
        let mut input = header.chain(io::repeat(b' ').take(length)).chain(&next[..]);
        let mut buffered = io::BufReader::new(&mut input);
        assert!(matches!(read(&mut buffered).unwrap(), Some(Incoming::Refused(_))));
        assert!(matches!(read(&mut buffered).unwrap(), Some(Incoming::Message(_))));
    }

    #[test]
    fn refusals_name_no_request_they_do_not_know() {
        let mut out = Vec::new();
        let refusal = Refusal { id: Value::Null, code: -32700, message: "é".to_owned() };
        write(&mut out, &Outgoing::Refusal(refusal)).unwrap();
        let expected = r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"é"}}"#;
        assert_eq!(String::from_utf8(out).unwrap(), framed(expected));
    }
}
