//! Reads the JSON object that a metadata service answers with.

use std::collections::HashMap;

use aws_smithy_json::deserialize::json_token_iter;
use aws_smithy_json::deserialize::token::expect_document;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, Document};

use crate::Fetched;
use crate::credentials::{Credentials, Secret};

/// A parsed answer.
pub(super) struct Object(HashMap<String, Document>);

impl Object {
    /// The object that the whole string is, if it is one.
    pub(super) fn parse(string: &[u8]) -> Option<Self> {
        let mut tokens = json_token_iter(string).peekable();
        let document = expect_document(&mut tokens).ok()?;
        match (document, tokens.next()) {
            (Document::Object(members), None) => Some(Self(members)),
            _ => None,
        }
    }

    /// A member that is a string.
    pub(super) fn string(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_string()
    }

    /// The credentials that the object holds, or the name of the first member that is missing.
    pub(super) fn credentials(&self) -> Result<Fetched, &'static str> {
        let string = |name: &'static str| self.string(name).ok_or(name);
        Ok(Fetched {
            credentials: Credentials {
                access_key: string("AccessKeyId")?.to_owned(),
                secret_key: Secret::from(string("SecretAccessKey")?),
                token: Some(Secret::from(string("Token")?)),
            },
            expiry: Some(seconds(string("Expiration")?).ok_or("Expiration")?),
            account_id: self.string("AccountId").map(str::to_owned),
        })
    }
}

/// An instant of RFC 3339 in seconds since 1970.
fn seconds(string: &str) -> Option<f64> {
    let instant = DateTime::from_str(string, Format::DateTimeWithOffset).ok()?;
    Some(instant.as_secs_f64())
}
