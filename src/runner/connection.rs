//! Connection strings of PostgreSQL, as a URI or as `KEY=VALUE` pairs, with the password apart: arguments of
//! a program can be seen by anybody on the machine.

use super::RunError;
use percent_encoding::percent_decode_str;

/// A connection string without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct Connection {
    /// What may be seen.
    pub shown: String,
    /// What may not.
    pub password: Option<String>,
}

/// Parameters that are secrets and can't be handed over by the environment.
const OTHER_SECRETS: &[&str] =
    &["sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"];

impl Connection {
    /// Takes the password out of a connection string.
    ///
    /// # Errors
    ///
    /// It holds another secret, or can't be made out.
    pub fn read(text: &str) -> Result<Self, RunError> {
        let uri = ["postgres://", "postgresql://"].iter().find(|scheme| text.starts_with(**scheme));
        match uri {
            Some(scheme) => of_uri(text, scheme.len()),
            None if text.contains('=') => of_pairs(text),
            None => Ok(Self { shown: text.to_owned(), password: None }),
        }
    }
}

fn wrong(what: impl Into<String>) -> RunError {
    RunError::Connect(what.into())
}

fn decoded(text: &str) -> Result<String, RunError> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map(Into::into).map_err(|_| wrong("the password isn't UTF-8"))
}

fn refuse_other(key: &str) -> Result<(), RunError> {
    match OTHER_SECRETS.contains(&key) {
        true => Err(wrong(format!(
            "`{key}` would be seen among the processes; put it into a service file, and say service=NAME"
        ))),
        false => Ok(()),
    }
}

fn of_uri(text: &str, scheme: usize) -> Result<Connection, RunError> {
    let (head, rest) = text.split_at(scheme);
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, behind) = rest.split_at(end);
    let mut password = None;
    let authority = match authority.rsplit_once('@') {
        Some((user, hosts)) => match user.split_once(':') {
            Some((user, secret)) => {
                password = Some(decoded(secret)?);
                format!("{user}@{hosts}")
            }
            None => authority.to_owned(),
        },
        None => authority.to_owned(),
    };
    let (path, query) =
        behind.split_once('?').map_or((behind, None), |(path, query)| (path, Some(query)));
    let mut kept = Vec::new();
    for pair in query.into_iter().flat_map(|query| query.split('&')) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let key = decoded(key)?;
        refuse_other(&key)?;
        match key.as_str() {
            "password" => password = Some(decoded(value)?),
            _ => kept.push(pair),
        }
    }
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    Ok(Connection { shown: format!("{head}{authority}{path}{query}"), password })
}

fn of_pairs(text: &str) -> Result<Connection, RunError> {
    let mut rest = text.trim_start();
    let mut kept: Vec<&str> = Vec::new();
    let mut password = None;
    while !rest.is_empty() {
        let (key, behind) = rest.split_once('=').ok_or_else(|| wrong("a key without `=`"))?;
        let behind = behind.trim_start();
        let (value, length) = value_of(behind)?;
        let key = key.trim();
        refuse_other(key)?;
        let after = behind.get(length..).unwrap_or("");
        let whole = rest.get(..rest.len() - after.len()).unwrap_or("").trim();
        match key {
            "password" => password = Some(value),
            _ => kept.push(whole),
        }
        rest = after.trim_start();
    }
    Ok(Connection { shown: kept.join(" "), password })
}

/// A value, and how many bytes it takes: up to a blank, or between single quotes; a backslash stands before
/// a quote or another.
fn value_of(text: &str) -> Result<(String, usize), RunError> {
    let quoted = text.starts_with('\'');
    let mut value = String::new();
    let mut characters = text.char_indices().skip(usize::from(quoted));
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => value.extend(characters.next().map(|(_, c)| c)),
            '\'' if quoted => return Ok((value, at + 1)),
            c if c.is_whitespace() && !quoted => return Ok((value, at)),
            c => value.push(c),
        }
    }
    if quoted { Err(wrong("a quote that is never closed")) } else { Ok((value, text.len())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_taken_out() {
        for (text, shown, password) in [
            ("crm", "crm", None),
            ("postgres://ann@db/crm", "postgres://ann@db/crm", None),
            (
                "postgres://ann:s%40c@db:5433/crm?sslmode=require",
                "postgres://ann@db:5433/crm?sslmode=require",
                Some("s@c"),
            ),
            ("postgresql://ann:a@b@db", "postgresql://ann@db", Some("a@b")),
            (
                "postgresql://db/crm?password=x%26y&user=ann",
                "postgresql://db/crm?user=ann",
                Some("x&y"),
            ),
            ("host=db password=secret dbname=crm", "host=db dbname=crm", Some("secret")),
            ("host=db password = 'it\\'s a' user=ann", "host=db user=ann", Some("it's a")),
            ("service=crm", "service=crm", None),
        ] {
            let connection = Connection::read(text).unwrap();
            assert_eq!(
                (connection.shown.as_str(), connection.password.as_deref()),
                (shown, password),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_refused() {
        for text in
            ["host=db password='x", "host=db x", "sslpassword=x", "postgres://db/?sslpassword=x"]
        {
            assert!(Connection::read(text).is_err(), "{text}");
        }
    }
}
